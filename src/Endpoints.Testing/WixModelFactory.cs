using System.Net;
using System.Text;
using Endpoints.Wix;
using Endpoints.Wix.Http;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Testing;

/// <summary>Makes what otherwise only the server makes, so that handlers and checks can be tested without a server.</summary>
/// <remarks>What it makes is data: nothing in an application takes a caller from a test, and none of it can call Wix.</remarks>
public static class WixModelFactory
{
    /// <summary>Makes a caller.</summary>
    /// <param name="kind">The kind of caller.</param>
    /// <param name="id">The caller's id; <see langword="null"/> for a visitor without a token.</param>
    /// <param name="siteId">The site.</param>
    /// <param name="instanceId">The app's instance on the site.</param>
    /// <param name="clientId">The client id that the token was issued for.</param>
    /// <param name="expiresAt">When the token expires.</param>
    /// <exception cref="ArgumentException"><paramref name="kind"/> isn't exactly one kind, or there is no <paramref name="id"/> for another
    /// kind than a visitor.</exception>
    public static Caller Caller(
        Callers kind, string? id = null, string? siteId = null, string? instanceId = null, string clientId = "client",
        DateTimeOffset? expiresAt = null)
    {
        if (!Enum.IsDefined(kind) || !System.Numerics.BitOperations.IsPow2((int)kind))
            throw new ArgumentException("A caller is of exactly one kind.", nameof(kind));
        if (id is null)
            return kind == Callers.Visitor ? new(default, kind) : throw new ArgumentException("Only a visitor may have no id.", nameof(id));
        return new(default, kind, id, siteId, instanceId, clientId, expiresAt ?? DateTimeOffset.MaxValue);
    }

    /// <summary>Makes an answer of <c>FetchWithAuthAsync</c>.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="json">The body; <see langword="null"/> for an empty one.</param>
    /// <param name="headers">The headers, without those of the body.</param>
    public static WixResponse WixResponse(HttpStatusCode status = HttpStatusCode.OK, string? json = null,
        IEnumerable<KeyValuePair<string, string>>? headers = null)
    {
        using var message = new HttpResponseMessage(status) { Content = new StringContent(json ?? "", Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers ?? [])
            message.Headers.TryAddWithoutValidation(name, value);
        return new(default, new WixAnswer(status, Encoding.UTF8.GetBytes(json ?? ""), IsWhole: true)
        {
            Headers = message.Headers,
            ContentHeaders = message.Content.Headers,
            RequestId = message.Headers.TryGetValues("X-Wix-Request-Id", out var ids) ? ids.First() : null,
        });
    }

    /// <summary>Makes what an <see cref="IElevationCheck"/> decides about.</summary>
    /// <param name="caller">The caller, from <see cref="Caller"/>.</param>
    /// <param name="arguments">The handler's arguments by the names of its parameters; <see langword="null"/> for none.</param>
    /// <param name="context">The request; a <see cref="DefaultHttpContext"/> by default.</param>
    public static ElevationCheckContext ElevationCheckContext(Caller caller, IReadOnlyDictionary<string, object?>? arguments = null,
        HttpContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return new(context ?? new DefaultHttpContext(), caller, arguments ?? new Dictionary<string, object?>());
    }

    /// <summary>Makes what an <see cref="IWixInstallationHandler"/> is notified of.</summary>
    /// <param name="instanceId">The app's instance on the site.</param>
    /// <param name="wix">A mock of the client.</param>
    /// <param name="siteId">The site.</param>
    /// <exception cref="ArgumentException"><paramref name="instanceId"/> is empty.</exception>
    public static WixInstallation WixInstallation(string instanceId, ElevatedWixClient wix, string? siteId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentNullException.ThrowIfNull(wix);
        return new(default, instanceId, siteId, wix);
    }
}
