using System.Text.Json.Serialization;
using Endpoints.Wix.Values;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix;

/// <summary>What an <see cref="IElevationCheck"/> decides about.</summary>
[JsonConverter(typeof(ServerMadeJsonConverter<ElevationCheckContext>))]
public sealed class ElevationCheckContext
{
    internal ElevationCheckContext(HttpContext context, Caller caller, IReadOnlyDictionary<string, object?> arguments)
    {
        HttpContext = context;
        Caller = caller;
        Arguments = arguments;
    }

    /// <summary>The request.</summary>
    public HttpContext HttpContext { get; }

    /// <summary>Who calls, as Wix confirmed it.</summary>
    public Caller Caller { get; }

    /// <summary>The handler's arguments by the names of its parameters, as they will be passed.</summary>
    public IReadOnlyDictionary<string, object?> Arguments { get; }

    /// <summary>One of the handler's arguments.</summary>
    /// <typeparam name="T">The parameter's type, or one that it can be treated as.</typeparam>
    /// <param name="name">The parameter's name, as it stands in the code.</param>
    /// <exception cref="InvalidOperationException">The handler has no such parameter, or it is something else (null, where <typeparamref name="T"/> can't be).</exception>
    public T Argument<T>(string name)
    {
        if (!Arguments.TryGetValue(name, out var value))
            throw new InvalidOperationException($"The handler has no parameter '{name}'. It has: {string.Join(", ", Arguments.Keys)}.");
        return value switch
        {
            T argument => argument,
            null when default(T) is null => default!, // T can be null
            _ => throw new InvalidOperationException($"The handler's argument '{name}' is {value?.GetType().Name ?? "null"}, not {typeof(T).Name}."),
        };
    }
}
