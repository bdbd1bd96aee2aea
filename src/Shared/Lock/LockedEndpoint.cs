using Endpoints.Shared.Collections;

namespace Endpoints.Shared.Lock;

/// <summary>An endpoint and its guards, as one entry of the guard lock; or a place in the code that elevates, or lifts a guard, where no endpoint can be told.</summary>
/// <remarks>A value that only the running application knows stands there as <c>?</c>.</remarks>
/// <param name="Method">The HTTP method in upper case, or <c>ALL</c>; for a place in the code what it does, <see cref="Elevates"/> or <see cref="Unguards"/>.</param>
/// <param name="Route">The route as it is written: Astro's notation for endpoint files, ASP.NET Core's for the rest. For a place in the code the file and the member.</param>
internal sealed record LockedEndpoint(string Method, string Route)
{
    /// <summary>What stands for a value that only the running application knows.</summary>
    public const string Unknown = "?";

    /// <summary>The access of an endpoint that is not elevated and lets everybody in.</summary>
    public const string Anyone = "anyone";

    /// <summary>The access of an endpoint that is not elevated and lets in whom its demands let in.</summary>
    public const string Authorized = "authorized";

    /// <summary>What a place in the code does that lets handlers act as the app.</summary>
    public const string Elevates = "elevates";

    /// <summary>What a place in the code does that lifts a guard, or may.</summary>
    public const string Unguards = "unguards";

    /// <summary>The code, where it is the entry; null for an endpoint.</summary>
    public string? Code { get; init; }

    /// <summary>Who may call, in the order of the enumeration.</summary>
    public EquatableArray<string> Callers { get; init; }

    /// <summary>The rate limit; null for none.</summary>
    public string? Limit { get; init; }

    /// <summary>The authorization policies that <c>[Elevate]</c> names.</summary>
    public EquatableArray<string> Policies { get; init; }

    /// <summary>What <c>[Authorize]</c> demands besides.</summary>
    public EquatableArray<string> Authorize { get; init; }

    /// <summary>The resource checks, by their full type names.</summary>
    public EquatableArray<string> Checks { get; init; }

    /// <summary>The calls to Wix that elevation is limited to; null for all.</summary>
    public EquatableArray<string>? Only { get; init; }

    /// <summary>Every other setting of <c>[Elevate]</c>, as <c>Name=value</c>.</summary>
    public EquatableArray<string> Settings { get; init; }

    /// <summary>How an endpoint that is not elevated says who may call it; none for an elevated one.</summary>
    public EquatableArray<string> Access { get; init; }

    /// <summary>Whether it lets a handler act as the app.</summary>
    public bool IsElevated => Code is null ? Access.Count == 0 : Method == Elevates;

    /// <summary>The entry as a message names it.</summary>
    public string Name => Code is null ? $"{Method} {Route}" : $"{Route}: {Code}";
}
