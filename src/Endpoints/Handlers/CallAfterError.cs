using Microsoft.AspNetCore.Http;

namespace Endpoints.Handlers;

/// <summary>
/// Lets an endpoint with filters run if the response already has an error status, as when an error page is executed again.
/// </summary>
/// <remarks>
/// With filters, the framework treats such a status as a binding failure and does not call the handler. Here, binding reports failures by
/// an exception. The framework reads the status from the call first and once, and gets that of another, untouched response. Everything else
/// is the request's own.
/// </remarks>
internal sealed class CallAfterError : EndpointFilterInvocationContext
{
    private static readonly HttpContext Untouched = new DefaultHttpContext();

    private readonly EndpointFilterInvocationContext _call;
    private bool _isAsked;

    private CallAfterError(EndpointFilterInvocationContext call) => _call = call;

    public override HttpContext HttpContext
    {
        get
        {
            if (_isAsked)
                return _call.HttpContext;
            _isAsked = true;
            return Untouched;
        }
    }

    public override IList<object?> Arguments => _call.Arguments;

    public override T GetArgument<T>(int index) => _call.GetArgument<T>(index);

    /// <summary>Returns the filter delegate, which has to be the innermost.</summary>
    public static EndpointFilterDelegate Filter(EndpointFilterFactoryContext handler, EndpointFilterDelegate next) =>
        call => next(For(call));

    /// <summary>Returns the call to pass to the handler, and to nothing else.</summary>
    public static EndpointFilterInvocationContext For(EndpointFilterInvocationContext call) =>
        call.HttpContext.Response.StatusCode < StatusCodes.Status400BadRequest ? call : new CallAfterError(call);
}
