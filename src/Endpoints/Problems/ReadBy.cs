using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Problems;

/// <summary>Tells by where it was thrown whether an exception is about the request's body: a handler may have read that itself, and other JSON and other forms besides.</summary>
internal static class ReadBy
{
    /// <summary>What an exception has to do with the framework's reading of a body.</summary>
    public enum Reader
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>It was thrown by what the reading calls.</summary>
        Below,

        /// <summary>The reading has thrown it.</summary>
        Itself,
    }

    /// <summary>Of <c>ReadFromJsonAsync</c>.</summary>
    public static Reader Json(Exception exception) => In(exception, typeof(HttpRequestJsonExtensions));

    /// <summary>Of <c>ReadFormAsync</c> and <c>Form</c>.</summary>
    public static Reader Form(Exception exception) => In(exception, typeof(Microsoft.AspNetCore.Http.Features.FormFeature));

    /// <summary>Whether an exception comes from reading the request's host.</summary>
    public static bool Host(Exception exception)
    {
        foreach (var frame in new StackTrace(exception).GetFrames())
        {
            if (frame.GetMethod() is { Name: "get_Host", DeclaringType: { } type } && typeof(HttpRequest).IsAssignableFrom(type))
                return true;
        }
        return false;
    }

    private static Reader In(Exception exception, Type reader)
    {
        var frames = new StackTrace(exception).GetFrames();
        for (var i = 0; i < frames.Length; i++)
        {
            // An asynchronous method is a type within its own.
            for (var type = frames[i].GetMethod()?.DeclaringType; type is not null; type = type.DeclaringType)
            {
                if (type == reader)
                    return i == 0 ? Reader.Itself : Reader.Below;
            }
        }
        return Reader.None;
    }
}
