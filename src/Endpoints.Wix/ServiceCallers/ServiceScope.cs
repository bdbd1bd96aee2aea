using System.Runtime.CompilerServices;
using System.Text;
using Endpoints.Shared.CallPatterns;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Endpoints.Wix.ServiceCallers;

/// <summary>Represents the endpoints that a service may call.</summary>
/// <remarks>
/// Routes are compared by their templates: how a client writes the path makes no difference. A parameter is covered by <c>*</c> alone,
/// because a client chooses its value.
/// </remarks>
internal sealed class ServiceScope
{
    private readonly (string Text, CallPattern Pattern)[] _routes;
    private readonly string[] _names;
    private readonly ConditionalWeakTable<Endpoint, Coverage> _coverages = []; // what an endpoint is doesn't change

    private ServiceScope((string Text, CallPattern Pattern)[] routes, string[] names)
    {
        _routes = routes;
        _names = names;
    }

    /// <summary>Gets the entries, for the list of endpoints.</summary>
    public IEnumerable<string> Entries => _routes.Select(static route => route.Text).Concat(_names);

    /// <summary>Parses the entries, or describes the flaw of the first one that is not valid.</summary>
    public static ServiceScope? TryParse(IEnumerable<string?> entries, out string flaw)
    {
        List<(string, CallPattern)> routes = [];
        List<string> names = [];
        flaw = "";
        foreach (var entry in entries)
        {
            if (string.IsNullOrWhiteSpace(entry))
            {
                flaw = "an entry is empty";
                return null;
            }

            if (!entry.AsSpan().ContainsAny(' ', '/'))
            {
                names.Add(entry);
                continue;
            }

            if (CallPattern.TryParse(LowerPath(entry), out var wrong) is not { } pattern)
            {
                flaw = $"'{entry}' names no endpoint: {wrong}, as in \"POST /jobs/*\"";
                return null;
            }

            routes.Add((entry, pattern));
        }

        return new([.. routes], [.. names]);
    }

    /// <summary>Determines whether the service may call an endpoint with a method.</summary>
    public bool Covers(Endpoint endpoint, string method)
    {
        var coverage = _coverages.GetValue(endpoint, CoverageOf);
        if (coverage.IsNamed)
            return true;
        foreach (var pattern in coverage.Patterns)
        {
            if (pattern.CoversMethod(method == HttpMethods.Head ? HttpMethods.Get : method))
                return true;
        }

        return false;
    }

    /// <summary>Returns the entries that cover an endpoint, whatever the method.</summary>
    public IEnumerable<string> Covering(string template)
    {
        string path;
        try
        {
            path = Path(RoutePatternFactory.Parse(template));
        }
        catch (RoutePatternException)
        {
            return []; // the name of an action without a route of its own
        }

        return _routes.Where(route => CallPattern.Parse($"{route.Text.Split(' ')[0].Replace("*", "GET", StringComparison.Ordinal)} {path}")
            is { } call && route.Pattern.Covers(call)).Select(static route => route.Text);
    }

    private Coverage CoverageOf(Endpoint endpoint)
    {
        var isNamed = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName is { } name
            && _names.Contains(name, StringComparer.Ordinal);
        var calls = endpoint is RouteEndpoint { RoutePattern: var route } ? CallPattern.Parse($"* {Path(route)}") : null;
        return new(isNamed, calls is null
            ? [] : [.. _routes.Select(static own => own.Pattern).Where(pattern => pattern.CoversPath(calls))]);
    }

    // A method's letter case counts, a route's does not.
    private static string LowerPath(string entry) =>
        entry.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var blank
            ? entry[..blank] + entry[blank..].ToLowerInvariant() : entry.ToLowerInvariant();

    private static string Path(RoutePattern route)
    {
        var path = new StringBuilder();
        foreach (var segment in route.PathSegments)
        {
            path.Append('/');
            if (segment is { IsSimple: true, Parts: [RoutePatternLiteralPart literal] })
                path.Append(literal.Content.ToLowerInvariant());
            else
                path.Append('*');
        }

        return path.Length == 0 ? "/*" : path.ToString();
    }

    /// <param name="IsNamed"><see langword="true"/> if an entry is the endpoint's name; otherwise, <see langword="false"/>.</param>
    /// <param name="Patterns">The entries that cover the path of the endpoint's route.</param>
    private sealed record Coverage(bool IsNamed, CallPattern[] Patterns);
}
