using Endpoints.Shared.CallPatterns;
using Endpoints.Shared.Collections;

namespace Endpoints.Shared.Lock;

/// <summary>
/// Represents one entry of the guard lock: an endpoint and its guards, or a place in the code that elevates or lifts a guard where the
/// endpoint can't be determined.
/// </summary>
/// <remarks>A value that only the running application knows is written as <c>?</c>.</remarks>
/// <param name="Method">
/// The HTTP method in upper case, or <c>ALL</c>; <see cref="Event"/> or <see cref="Plugin"/> for what Wix calls. For a place in the code,
/// its effect: <see cref="Elevates"/>, <see cref="Unguards"/> or <see cref="Requires"/>.
/// </param>
/// <param name="Route">
/// The route as it is written: in Astro's notation for endpoint files, in ASP.NET Core's notation for others. For what Wix calls, Wix's
/// name of it. For a place in the code, the file and the member.
/// </param>
internal sealed record LockedEndpoint(string Method, string Route)
{
    /// <summary>The placeholder for a value that only the running application knows.</summary>
    public const string Unknown = "?";

    /// <summary>The access of an endpoint that is not elevated and lets everyone in.</summary>
    public const string Anyone = "anyone";

    /// <summary>The access of an endpoint that is not elevated and lets in callers that meet its requirements.</summary>
    public const string Authorized = "authorized";

    /// <summary>The effect of a place in the code that lets handlers act as the app.</summary>
    public const string Elevates = "elevates";

    /// <summary>The effect of a place in the code that lifts a guard, or may lift one.</summary>
    public const string Unguards = "unguards";

    /// <summary>The effect of a place in the code that demands something of callers of a route that is not known there.</summary>
    public const string Requires = "requires";

    /// <summary>The method of an entry for an event handler. Its route is Wix's name of the event.</summary>
    public const string Event = "EVENT";

    /// <summary>The method of an entry for a service plugin. Its route is Wix's name of the plugin.</summary>
    public const string Plugin = "PLUGIN";

    /// <summary>The caller of event handlers and plugins, whose signature is their guard.</summary>
    public const string Wix = "Wix";

    /// <summary>Gets the code, if it is the entry, or <see langword="null"/> for an endpoint.</summary>
    public string? Code { get; init; }

    /// <summary>Gets the kinds of callers that are let in, in the order of the enumeration.</summary>
    public EquatableArray<string> Callers { get; init; }

    /// <summary>Gets the rate limit, or <see langword="null"/> for none.</summary>
    public string? Limit { get; init; }

    /// <summary>Gets the authorization policies that <c>[Elevate]</c> names.</summary>
    public EquatableArray<string> Policies { get; init; }

    /// <summary>Gets the additional requirements of <c>[Authorize]</c>.</summary>
    public EquatableArray<string> Authorize { get; init; }

    /// <summary>Gets the resource checks, by their full type names.</summary>
    public EquatableArray<string> Checks { get; init; }

    /// <summary>Gets the calls to Wix that elevation is limited to, or <see langword="null"/> for all calls.</summary>
    public EquatableArray<string>? Only { get; init; }

    /// <summary>
    /// Gets the calls to Wix that the code can make as the app, or <see langword="null"/> if that is unknown, as in the running
    /// application.
    /// </summary>
    public EquatableArray<LockedCall>? Calls { get; init; }

    /// <summary>Gets the names of code that may call Wix, and whose calls the compiler can't see.</summary>
    public EquatableArray<string> Unseen { get; init; }

    /// <summary>Gets the calls of the code that elevation is not allowed to make, as far as both are known.</summary>
    public IEnumerable<LockedCall> Refused => Only is { } only && Calls is { } calls && !only.Contains(Unknown)
        ? calls.Where(call => CallPattern.Parse(call.Operation) is { } made
            && !only.Any(allowed => CallPattern.Parse(allowed)?.Covers(made) != false))
        : [];

    /// <summary>Gets every other setting of <c>[Elevate]</c>, as <c>Name=value</c>.</summary>
    public EquatableArray<string> Settings { get; init; }

    /// <summary>Gets the access that an endpoint that is not elevated declares. The list is empty for an elevated endpoint.</summary>
    public EquatableArray<string> Access { get; init; }

    /// <summary>Gets a value that indicates whether the entry lets a handler act as the app.</summary>
    public bool IsElevated => Code is null ? Access.Count == 0 : Method == Elevates;

    /// <summary>Gets a value that indicates whether the entry is an event handler or a service plugin, which only Wix can call.</summary>
    public bool IsSigned => Code is null && Method is Event or Plugin && !(Route.Length > 0 && Route[0] == '/');

    /// <summary>Gets a value that indicates whether the entry is code that demands something of callers, whose loss opens wider.</summary>
    public bool IsDemand => Code is not null && Method == Requires;

    /// <summary>Gets the name of the entry in messages.</summary>
    public string Name => Code is null ? $"{Method} {Route}" : $"{Route}: {Code}";
}
