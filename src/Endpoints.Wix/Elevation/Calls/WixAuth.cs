using System.Text.Json.Serialization;
using Endpoints.Wix.Elevation.Calls;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>Elevates single calls, as <c>auth</c> of <c>@wix/essentials</c> does.</summary>
[JsonConverter(typeof(ServerMadeJsonConverter<WixAuth>))]
public sealed class WixAuth
{
    private readonly AppIdentity _app;

    internal WixAuth(AppIdentity app) => _app = app;

    /// <summary>Gives the same method of the same module, bound to the app's identity. Mirrors <c>auth.elevate()</c>.</summary>
    /// <typeparam name="T">The delegate's type. A method's optional parameters stay optional.</typeparam>
    /// <param name="method">A method of a Wix module, named and not called: <c>auth.Elevate(siteProperties.GetSitePropertiesAsync)</c>.</param>
    /// <returns>A delegate that makes its call as the app, until the handler ends.</returns>
    /// <exception cref="ArgumentException"><paramref name="method"/> is a lambda, a static method, several methods, or not a Wix module's.</exception>
    /// <exception cref="InvalidOperationException">The endpoint has no <see cref="ElevateAttribute"/>.</exception>
    /// <exception cref="ObjectDisposedException">The handler has ended.</exception>
    public T Elevate<T>(T method)
        where T : Delegate
    {
        ArgumentNullException.ThrowIfNull(method);
        if (!method.HasSingleTarget)
            throw Wrong("it is several methods combined");
        if (method.Target is null || method.Method.IsStatic)
            throw Wrong("it is a static method");
        if (method.Target is not WixModule module || !typeof(WixModule).IsAssignableFrom(method.Method.DeclaringType) || method.Method.DeclaringType == typeof(WixModule))
            throw Wrong(method.Method.Name.Contains('<', StringComparison.Ordinal) ? "it is a lambda or a local function" : "it is not a Wix module's method");
        return (T)Delegate.CreateDelegate(method.GetType(), module.As(_app.ForGrant()), method.Method);

        static ArgumentException Wrong(string what) => new(
            $"Elevate takes a method of a Wix module, and {what}. Write auth.Elevate(siteProperties.GetSitePropertiesAsync) and call what it returns.",
            nameof(method));
    }
}
