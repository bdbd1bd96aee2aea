using System.Text.RegularExpressions;
using Endpoints.CompilerServices;
using Endpoints.Shared.Collections;
using Endpoints.Shared.Lock;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Wix.Elevation.Locking;

/// <summary>
/// Represents an elevated endpoint of the running application, under one method, with the names that the guard lock uses.
/// </summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Guards">Its guards.</param>
/// <param name="Method">The HTTP method in upper case, or <c>ALL</c>.</param>
/// <param name="Route">The route as the lock writes it.</param>
internal sealed partial record GuardedRoute(RouteEndpoint Endpoint, GuardedEndpoint Guards, string Method, string Route)
{
    private const string Unknown = LockedEndpoint.Unknown;

    /// <summary>
    /// Gets a value that indicates whether the endpoint also has ASP.NET Core requirements that the lock need not contain:
    /// <c>RequireAuthorization()</c>.
    /// </summary>
    public bool IsAuthorized =>
        Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
        && (Endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null
            || Endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>().Any(static policy => policy != ElevateDecides.Policy)
            || Endpoint.Metadata.GetMetadata<IAuthorizationRequirementData>() is not null);

    /// <summary>Gets the name of the endpoint in messages.</summary>
    public string Name => $"{Method} {Route}";

    /// <summary>Returns every elevated endpoint, under each of its methods.</summary>
    public static IEnumerable<GuardedRoute> Of(IEnumerable<Endpoint> endpoints) =>
        from endpoint in endpoints.OfType<RouteEndpoint>()
        let guards = endpoint.Metadata.GetMetadata<GuardedEndpoint>()
        where guards is not null
        from method in MethodsOf(endpoint)
        select new GuardedRoute(endpoint, guards, method, RouteOf(endpoint));

    /// <summary>Returns the methods of an endpoint as the lock names them: HEAD is part of GET.</summary>
    public static IEnumerable<string> MethodsOf(Endpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        return methods.Count == 0
            ? [FileRouteMethod.All] : methods.Where(method => method != HttpMethods.Head || !methods.Contains(HttpMethods.Get));
    }

    /// <summary>Returns the route of an endpoint as the lock writes it.</summary>
    public static string RouteOf(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<FileRoute>() is { } file)
            return file.Route;
        if (endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not { } action)
            return Rooted(endpoint.RoutePattern.RawText);
        return action.AttributeRouteInfo?.Template is { } template
            ? Rooted(template)
            : ControllerSuffix().Replace(action.ControllerTypeInfo.Name, "")
                + $".{AsyncSuffix().Replace(action.MethodInfo.Name, "")} (by convention)";
    }

    /// <summary>Determines whether routing chose this endpoint. The endpoint may have been created twice.</summary>
    public bool IsSame(Endpoint? chosen) =>
        chosen is RouteEndpoint other && other.Metadata.GetMetadata<GuardedEndpoint>()?.Name == Guards.Name
        && RouteOf(other) == Route && MethodsOf(other).SequenceEqual(MethodsOf(Endpoint));

    /// <summary>Determines whether an entry is of this endpoint, method and route.</summary>
    public bool IsExactly(LockedEndpoint entry) => entry.Method == Method && IsSame(Route, entry.Route);

    /// <summary>Determines whether an entry is of an endpoint, elevated or not.</summary>
    public static bool IsNamedBy(RouteEndpoint endpoint, LockedEndpoint entry) =>
        MethodsOf(endpoint).Contains(entry.Method) && IsSame(RouteOf(endpoint), entry.Route);

    /// <summary>
    /// Returns how well an entry of the lock matches this endpoint: 0 for no match, 1 for code that elevates what is passed to it, 2 for a
    /// pattern that is unknown in part, 3 for a full match.
    /// </summary>
    public int Fit(LockedEndpoint entry)
    {
        if (!entry.IsElevated)
            return 0;
        if (entry.Code is not null)
            return Weaknesses(entry).Any() ? 0 : 1;
        if (IsExactly(entry))
            return 3;
        var (own, locked) = (Route.Trim('/'), entry.Route.Trim('/'));
        // A group that is filled elsewhere is one entry for all methods: ALL /admin/**.
        var isGroup = entry.Method == FileRouteMethod.All && entry.Route.EndsWith("/**", StringComparison.Ordinal);
        if (entry.Method != Method && !isGroup)
            return 0;
        var group = isGroup ? locked[..^2].TrimEnd('/') : "";
        var pattern = "^" + string.Join(".*", (isGroup ? group : locked).Split(Unknown).Select(Regex.Escape))
            + (group.Length > 0 ? "(/.*)?$" : isGroup ? "" : "$");
        return (isGroup || locked.Contains(Unknown, StringComparison.Ordinal))
            && Regex.IsMatch(own, pattern, RegexOptions.IgnoreCase | RegexOptions.NonBacktracking) ? 2 : 0;
    }

    /// <summary>Returns the differences between the guards of the running application and the lock.</summary>
    public IEnumerable<string> Differences(LockedEndpoint entry)
    {
        var rule = Guards.Rule;
        var kinds = KindsOf(Guards.Callers).ToList();
        if (!entry.Callers.Contains(Unknown) && !kinds.ToHashSet().SetEquals(entry.Callers))
            yield return $"it is open to {Join(kinds)}; the lock has {Join(entry.Callers)}";
        if (Changed(entry.Policies, Guards.Policy))
            yield return $"its policy is {Guards.Policy ?? "gone"}; the lock has {Join(entry.Policies)}";
        // What the lock writes of a generic type has the names of its arguments: that there is a check must do.
        if (Changed(entry.Checks,
            Guards.Check is { IsGenericType: true } && entry.Checks.Count > 0
                ? entry.Checks[0] : Guards.Check?.FullName?.Replace('+', '.')))
            yield return $"its check is {Guards.Check?.FullName ?? "gone"}; the lock has {Join(entry.Checks)}";
        if (entry.Limit != Unknown && entry.Limit != rule.RateLimit)
            yield return $"its rate limit is {rule.RateLimit ?? "gone"}; the lock has {entry.Limit ?? "none"}";
        if (entry.Only is { } only && rule.Only is null)
            yield return $"its elevation may make any call; the lock has {Join(only)}";
        else if (!(entry.Only ?? default).Contains(Unknown) && rule.Only is { } calls
            && !calls.ToHashSet().SetEquals(entry.Only ?? default))
            yield return $"its elevation may call {Join(calls)}; the lock has {(entry.Only is { } before ? Join(before) : "any call")}";
        if (!Settings(entry).SequenceEqual(entry.Settings))
            yield return $"its app is {Guards.App ?? "the host's, or the one without a name"}; the lock has {Join(entry.Settings)}";
        var lost = AuthorizeDemands.Lost(entry, Endpoint.Metadata);
        if (lost.Count > 0)
        {
            yield return lost.Count == entry.Authorize.Count
                ? $"nothing of [Authorize] holds for it any more; the lock has {Join(entry.Authorize)}"
                : $"[Authorize] no longer demands {Join(lost)} of it; the lock has {Join(entry.Authorize)}";
        }
    }

    /// <summary>
    /// Returns the points in which the running application allows more than the lock. The build finds these in the code, this method in the
    /// actual guards.
    /// </summary>
    public IEnumerable<string> Weaknesses(LockedEndpoint entry)
    {
        var rule = Guards.Rule;
        var check = Guards.Check;
        var running = entry with
        {
            Callers = KindsOf(Guards.Callers).ToEquatableArray(),
            // What only the application knows is right as it is.
            Limit = entry.Limit == Unknown ? Unknown : rule.RateLimit,
            Policies = One(Guards.Policy),
            // What the lock writes of a generic type has the names of its arguments: that there is a check must do.
            Checks = check is { IsGenericType: true } && entry.Checks.Count > 0 ? entry.Checks : One(check?.FullName?.Replace('+', '.')),
            Only = rule.Only is not { } only
                ? null : entry.Only is { } before && before.Contains(Unknown) ? before : only.ToEquatableArray(),
            Authorize = entry.Authorize.Except(AuthorizeDemands.Lost(entry, Endpoint.Metadata)).ToEquatableArray(),
            Settings = Settings(entry),
        };
        return LockComparison.Compare([entry], [running]).Where(static difference => difference.Kind == LockDifferenceKind.Wider)
            .SelectMany(static difference => difference.What);
    }

    /// <summary>Returns the settings of an entry, with the app of the running application.</summary>
    private EquatableArray<string> Settings(LockedEndpoint entry)
    {
        const string app = nameof(ElevateAttribute.App) + "=";
        return entry.Settings.Contains(app + Unknown)
            ? entry.Settings // what only the application knows is right as it is
            : entry.Settings.Where(static setting => !setting.StartsWith(app, StringComparison.Ordinal))
                .Concat(Guards.App is { } own ? [app + own] : entry.Settings.Where(static setting => setting == app + "null"))
                .OrderBy(static setting => setting, StringComparer.Ordinal).ToEquatableArray();
    }

    private static EquatableArray<string> One(string? value) => value is null ? default : new[] { value }.ToEquatableArray();

    /// <summary>Returns the names of kinds of callers, as in the lock.</summary>
    public static IEnumerable<string> KindsOf(Callers callers) =>
        Enum.GetValues<Callers>().Where(kind => kind != 0 && callers.HasFlag(kind)).Select(static kind => kind.ToString());

    private static bool Changed(EquatableArray<string> locked, string? actual) =>
        locked.Contains(Unknown) ? actual is null : locked.SingleOrDefault() != actual;

    private static bool IsSame(string route, string locked) =>
        string.Equals(route.Trim('/'), locked.Trim('/'), StringComparison.OrdinalIgnoreCase);

    private static string Rooted(string? route) => "/" + route?.TrimStart('/');

    private static string Join(IEnumerable<string> values) => string.Join(", ", values.DefaultIfEmpty("none"));

    [GeneratedRegex("Controller$", RegexOptions.IgnoreCase)]
    private static partial Regex ControllerSuffix();

    [GeneratedRegex("Async$")]
    private static partial Regex AsyncSuffix();
}
