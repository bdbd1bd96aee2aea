using Microsoft.AspNetCore.Http;

namespace Endpoints.Handlers;

/// <summary>Represents a request delegate that is compiled for its first request.</summary>
internal sealed class LazyRequestDelegate
{
    private readonly Lock _gate = new();
    private RequestDelegate? _made;

    /// <summary>Gets or sets the function that compiles the delegate; null until the endpoint is built.</summary>
    public Func<RequestDelegate>? Make { get; set; }

    public Task InvokeAsync(HttpContext context) => (_made ?? MakeNow())(context);

    public RequestDelegate MakeNow()
    {
        lock (_gate)
            return _made ??= (Make ?? throw new InvalidOperationException("The endpoint is not built yet."))();
    }
}
