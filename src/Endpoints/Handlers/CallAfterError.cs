using Microsoft.AspNetCore.Http;

namespace Endpoints.Handlers;

/// <summary>Lets an endpoint with filters run when the response has the status of an error already, as an error page does that is executed again.</summary>
/// <remarks>
/// Behind filters the framework takes such a status for a failure to bind, and does not call the handler. Here binding says so by an exception. The framework asks
/// the call for the status first and once, and gets another's; everything else is the request's own.
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

    /// <summary>A filter: it has to be the innermost.</summary>
    public static EndpointFilterDelegate Filter(EndpointFilterFactoryContext handler, EndpointFilterDelegate next) => call => next(For(call));

    /// <summary>The call to pass to the handler, and to nothing else.</summary>
    public static EndpointFilterInvocationContext For(EndpointFilterInvocationContext call) =>
        call.HttpContext.Response.StatusCode < StatusCodes.Status400BadRequest ? call : new CallAfterError(call);
}
