using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Problems;

/// <summary>
/// Determines from its stack trace whether an exception is about the request's body. A handler may read the body itself, and other JSON and
/// forms as well.
/// </summary>
internal static class ReadBy
{
    /// <summary>Specifies how an exception relates to the framework's reading of a body.</summary>
    public enum Reader
    {
        /// <summary>The exception is unrelated.</summary>
        None,

        /// <summary>The exception was thrown by code that the reader calls.</summary>
        Below,

        /// <summary>The reader itself threw the exception.</summary>
        Itself,
    }

    /// <summary>Returns the relation of an exception to <c>ReadFromJsonAsync</c>.</summary>
    public static Reader Json(Exception exception) => In(exception, typeof(HttpRequestJsonExtensions));

    /// <summary>Returns the relation of an exception to <c>ReadFormAsync</c> and <c>Form</c>.</summary>
    public static Reader Form(Exception exception) => In(exception, typeof(Microsoft.AspNetCore.Http.Features.FormFeature));

    /// <summary>Determines whether an exception comes from reading the request's host.</summary>
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
