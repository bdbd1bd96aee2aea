using System.Text.Json.Serialization;
using Endpoints.Wix.Values;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix;

/// <summary>Represents the bound request about which an <see cref="IElevationCheck"/> decides.</summary>
[JsonConverter(typeof(ServerMadeJsonConverter<ElevationCheckContext>))]
public sealed class ElevationCheckContext
{
    internal ElevationCheckContext(HttpContext context, Caller caller, IReadOnlyDictionary<string, object?> arguments)
    {
        HttpContext = context;
        Caller = caller;
        Arguments = arguments;
    }

    /// <summary>Gets the <see cref="Microsoft.AspNetCore.Http.HttpContext"/> of the request.</summary>
    public HttpContext HttpContext { get; }

    /// <summary>Gets the caller, as confirmed by Wix.</summary>
    public Caller Caller { get; }

    /// <summary>Gets the handler's arguments by parameter name, as they will be passed.</summary>
    public IReadOnlyDictionary<string, object?> Arguments { get; }

    /// <summary>Returns one of the handler's arguments.</summary>
    /// <typeparam name="T">The type of the parameter, or a type to which the argument can be cast.</typeparam>
    /// <param name="name">The name of the parameter, as it appears in the code.</param>
    /// <returns>The argument.</returns>
    /// <exception cref="InvalidOperationException">
    /// The handler has no such parameter, or the argument is not a <typeparamref name="T"/>, such as <see langword="null"/> for a type that
    /// can't be null.
    /// </exception>
    public T Argument<T>(string name)
    {
        if (!Arguments.TryGetValue(name, out var value))
            throw new InvalidOperationException($"The handler has no parameter '{name}'. It has: {string.Join(", ", Arguments.Keys)}.");
        return value switch
        {
            T argument => argument,
            null when default(T) is null => default!, // T can be null
            _ => throw new InvalidOperationException(
                $"The handler's argument '{name}' is {value?.GetType().Name ?? "null"}, not {typeof(T).Name}."),
        };
    }
}
