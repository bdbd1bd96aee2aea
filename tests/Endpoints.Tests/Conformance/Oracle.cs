using System.Text.RegularExpressions;

namespace Endpoints.Tests.Conformance;

/// <summary>
/// The decided behaviour, written slowly and obviously: every file in Astro's own order, one regular expression each, then the method.
/// It shares no code with the library.
/// </summary>
public sealed class Oracle(VectorCase vectors, IReadOnlySet<string> mapped)
{
    private static readonly string[] Safe = ["GET", "HEAD", "OPTIONS"];

    /// <summary>Gets the expected answer.</summary>
    /// <param name="path">The path as the server read it.</param>
    /// <param name="request">The request; its headers with placeholders written out.</param>
    /// <param name="ownOrigin">The site's own origin.</param>
    public Prediction Predict(string path, VectorRequest request, string ownOrigin)
    {
        var setting = vectors.Config.TrailingSlash;
        if (path.Contains("//", StringComparison.Ordinal))
            return new Prediction(404);
        var prefix = vectors.Config.Base.TrimEnd('/');
        if (prefix.Length > 0 && !(path + "/").StartsWith(prefix + "/", StringComparison.OrdinalIgnoreCase))
            return new Prediction(404);

        var slashed = path.Length > 1 && path.EndsWith('/');
        var bare = path[prefix.Length..].TrimEnd('/');
        var last = path[(path.LastIndexOf('/') + 1)..];
        var fileLike = Regex.IsMatch(last, @".\.[A-Za-z0-9_]+\z", RegexOptions.Singleline);
        var redirects = setting == "never" ? slashed : setting == "always" && !slashed && !fileLike && path.Length > 1;

        foreach (var route in vectors.Routes.Where(route => mapped.Contains(route.File)))
        {
            var fileRoute = Regex.IsMatch(route.Route, @"\.[A-Za-z0-9_]+\z");
            if (setting switch
            {
                "always" => fileRoute == (slashed || redirects) && path.Length > 1,
                "ignore" => fileRoute && slashed,
                _ => false,
            })
            {
                continue;
            }
            if (Match(route, bare) is not { } parameters)
                continue;
            if (redirects)
                return new Prediction(request.Method == "GET" ? 301 : 308) { Redirects = true };
            if (vectors.Config.CheckOrigin && !Safe.Contains(request.Method) && IsForeign(request, ownOrigin))
                return new Prediction(403);
            return Answer(route.File, request.Method, parameters);
        }
        return new Prediction(404);
    }

    private static bool IsForeign(VectorRequest request, string ownOrigin)
    {
        var (site, origin) = (request.Header("sec-fetch-site"), request.Header("origin"));
        if (request.Header("authorization") is not null)
            return false;
        return site is not (null or "same-origin" or "none") || (origin is not null && origin != ownOrigin);
    }

    private static Dictionary<string, string?>? Match(VectorRoute route, string path)
    {
        var names = new List<string>();
        var pattern = string.Concat(route.Route.Trim('/').Split('/', StringSplitOptions.RemoveEmptyEntries).Select(segment =>
        {
            if (Regex.Match(segment, @"^\[\.\.\.([^\[\]]+)\]$") is { Success: true } whole)
            {
                names.Add(whole.Groups[1].Value);
                return "(?:/(.*?))?";
            }
            return "/" + string.Concat(Regex.Split(segment, @"(\[[^\[\]]+\])").Select(part =>
            {
                if (part is not ['[', _, .., ']'])
                    return Regex.Escape(part);
                var rest = part.StartsWith("[...", StringComparison.Ordinal);
                names.Add(part.Trim('[', ']', '.'));
                return rest ? "(.*?)" : "([^/]+?)";
            }));
        }));

        var match = Regex.Match(path, $@"\A{pattern}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline);
        return match.Success
            ? names.Select((name, i) => (name, match.Groups[i + 1].Value)).ToDictionary(pair => pair.name,
                pair => pair.Value.Length > 0 ? pair.Value : null)
            : null;
    }

    private Prediction Answer(string file, string method, Dictionary<string, string?> parameters)
    {
        var exports = Sources.Handlers(vectors.Files.Single(other => other.Path == file));
        string[] tried = method.Equals("HEAD", StringComparison.OrdinalIgnoreCase) ? ["HEAD", "GET", "ALL"] : [method, "ALL"];
        foreach (var name in tried)
        {
            if (exports.FirstOrDefault(export => export.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } export)
                return new Prediction(200) { File = file, Export = export, Params = parameters };
        }
        return new Prediction(method == "OPTIONS" ? 204 : 405);
    }
}

/// <summary>Gets the expected answer, without a handler's own status, which is not known here.</summary>
public sealed record Prediction(int Status)
{
    public string? File { get; init; }

    public string? Export { get; init; }

    public IReadOnlyDictionary<string, string?>? Params { get; init; }

    public bool Redirects { get; init; }
}
