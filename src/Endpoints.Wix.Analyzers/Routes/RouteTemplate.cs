namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>Reads the parameters of a route in ASP.NET Core's notation: <c>orders/{id:guid}/{*path}</c>.</summary>
internal static class RouteTemplate
{
    /// <summary>Returns the names of the parameters, without asterisks, constraints and defaults.</summary>
    public static IEnumerable<string> Parameters(string template)
    {
        var at = 0;
        while ((at = template.IndexOf('{', at)) >= 0)
        {
            if (at + 1 < template.Length && template[at + 1] == '{')
            {
                at += 2; // a brace of the text itself
                continue;
            }
            var name = new string(
                [.. template.Substring(at + 1).TrimStart('*').TakeWhile(static c => c is not ('}' or ':' or '=' or '?'))]).Trim();
            if (name.Length > 0)
                yield return name;
            at = EndOf(template, at + 1);
        }
    }

    // In a constraint a brace is written twice: {id:regex(^\d{{3}}$)}.
    private static int EndOf(string template, int at)
    {
        for (; at < template.Length; at++)
        {
            if (template[at] != '}')
                continue;
            if (at + 1 < template.Length && template[at + 1] == '}')
                at++;
            else
                return at;
        }
        return template.Length;
    }
}
