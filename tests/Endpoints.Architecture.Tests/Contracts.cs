using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Endpoints.Architecture.Tests;

/// <summary>
/// The contracts of applications, dashboards, reviewers and running browsers beside the public members, read from the sources: a line for
/// each.
/// </summary>
internal static partial class Contracts
{
    private static readonly string[] AtRunTime = ["Endpoints", "Endpoints.Wix", "Endpoints.Wix.Client", "Endpoints.Redis"];

    /// <summary>Files that say how something is written which another version, or another process, reads.</summary>
    private static readonly string[] Formats =
    [
        "Endpoints.Wix/Sessions/CookieKind.cs", "Endpoints.Wix/Sessions/SessionCookie.cs", "Endpoints.Wix/Sessions/ProtectedFormat.cs",
        "Endpoints.Wix/Sessions/CompatibleFormat.cs",
        "Endpoints.Wix/Sessions/SharedSessions.cs", "Endpoints.Wix/Sharing/SharedAppTokens.cs", "Endpoints.Wix/Sharing/SharedTokenName.cs",
        "Endpoints.Wix/Sharing/SharedCache.cs",
        "Endpoints.Wix/Flows/BrowserAttempt.cs",
        "Endpoints.Wix/Flows/BrowserAttempts.cs", "Shared/Lock/LockFile.cs", "Shared/Lock/LockedEndpoint.cs",
    ];

    public static IReadOnlyDictionary<string, Func<IEnumerable<string>>> All { get; } =
        new Dictionary<string, Func<IEnumerable<string>>>(StringComparer.Ordinal)
    {
        ["problems"] = static () => Sorted(Problems()),
        ["telemetry"] = static () => Sorted(Telemetry()),
        ["logs"] = static () => Sorted(Logs()),
        ["diagnostics"] = static () => Sorted(Diagnostics()),
        ["formats"] = Written, // in the order in which it is written
    };

    private static IEnumerable<string> Sorted(IEnumerable<string> lines) =>
        lines.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Problems()
    {
        foreach (var list in Roots(AtRunTime).SelectMany(Lists))
        {
            if (list is [var type, var status, ..] && Text(type) is { } name && ProblemName().IsMatch(name) && Status(status) is { } number)
                yield return $"{number} {name}: {(list.Count > 2 ? Text(list[2]) : null)}";
        }
    }

    // What a meter has, what activities are called, and the tags of both.
    private static IEnumerable<string> Telemetry()
    {
        foreach (var root in Roots(AtRunTime))
        {
            foreach (var call in root.DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                var method = (call.Expression as MemberAccessExpressionSyntax)?.Name;
                if (method is GenericNameSyntax { Identifier.Text: var create } generic
                    && create.StartsWith("Create", StringComparison.Ordinal) && Text(Argument(call, 0)) is { } instrument)
                    yield return $"{create["Create".Length..]}<{generic.TypeArgumentList.Arguments[0]}> "
                        + $"{instrument} {Text(Argument(call, create.Contains("Observable", StringComparison.Ordinal) ? 2 : 1))}";
                if (method?.Identifier.Text is "SetTag" && Text(Argument(call, 0)) is { } tag)
                    yield return $"tag {tag}";
                if (method?.Identifier.Text is "Add" or "Record")
                {
                    foreach (var made in call.ArgumentList.Arguments.Select(static argument => argument.Expression)
                        .OfType<ImplicitObjectCreationExpressionSyntax>())
                    {
                        if (made.ArgumentList.Arguments is [var first, _] && Text(first.Expression) is { } name && TagName().IsMatch(name))
                            yield return $"tag {name}";
                    }
                }
            }

            foreach (var literal in root.DescendantNodes().OfType<LiteralExpressionSyntax>().Select(Text).OfType<string>()
                .Where(static text => SourceName().IsMatch(text)))
                yield return $"name {literal}";
        }
    }

    private static IEnumerable<string> Logs() =>
        from root in Roots(AtRunTime)
        from method in root.DescendantNodes().OfType<MethodDeclarationSyntax>()
        from attribute in method.AttributeLists.SelectMany(static list => list.Attributes)
        where attribute.Name.ToString() == "LoggerMessage"
        let arguments = attribute.ArgumentList!.Arguments
        select $"{Space(method)}.{string.Join('.', method.Ancestors().OfType<TypeDeclarationSyntax>().Reverse().Select(static type => type.Identifier.Text))} "
            + $"{arguments[0]} {method.Identifier.Text} {arguments[1].ToString().Replace("LogLevel.", "", StringComparison.Ordinal)}: {Text(arguments[2].Expression)}";

    private static IEnumerable<string> Diagnostics() =>
        from root in Roots(["Endpoints.Generator", "Endpoints.Wix.Analyzers"])
        from list in root.DescendantNodes().OfType<ArgumentListSyntax>()
        where list.Arguments.Count > 2 && Text(list.Arguments[0].Expression) is { } id && DiagnosticId().IsMatch(id)
        let maker = (list.Parent as InvocationExpressionSyntax)?.Expression.ToString()
        let severity = Severity().Match(list.ToString()) is { Success: true } named ? named.Groups[1].Value : maker
        select $"{Text(list.Arguments[0].Expression)} {severity}: {Text(list.Arguments[1].Expression)}";

    private static IEnumerable<string> Written() =>
        from file in Formats
        let root = Parse(Path.Combine(House.Folder, file))
        from node in root.DescendantNodes(static node => node is not AttributeListSyntax)
        let line = node switch
        {
            FieldDeclarationSyntax field when field.Modifiers.Any(SyntaxKind.ConstKeyword) => field.Declaration.ToString(),
            InvocationExpressionSyntax call
                when (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.Text.StartsWith(
                    "Write", StringComparison.Ordinal) == true =>
                call.ToString(),
            LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression)
                || literal.IsKind(SyntaxKind.Utf8StringLiteralExpression) => literal.ToString(),
            InterpolatedStringExpressionSyntax text => text.ToString(),
            _ => null,
        }
        where line is not null
        select $"{file}: {Blank().Replace(line, " ")}";

    private static IEnumerable<SyntaxNode> Roots(IEnumerable<string> projects) =>
        from project in projects
        let folder = Path.Combine(House.Folder, project)
        where Directory.Exists(folder)
        from file in Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let path = Path.GetRelativePath(folder, file).Replace('\\', '/')
        where !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal)
        select Parse(file);

    private static SyntaxNode Parse(string file) =>
        CSharpSyntaxTree.ParseText(File.ReadAllText(file), new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();

    private static IEnumerable<List<ExpressionSyntax>> Lists(SyntaxNode root) =>
        root.DescendantNodes().Select(static node => node switch
        {
            ArgumentListSyntax list => list.Arguments.Select(static argument => argument.Expression).ToList(),
            TupleExpressionSyntax tuple => tuple.Arguments.Select(static argument => argument.Expression).ToList(),
            _ => [],
        });

    private static ExpressionSyntax? Argument(InvocationExpressionSyntax call, int index) =>
        index < call.ArgumentList.Arguments.Count ? call.ArgumentList.Arguments[index].Expression : null;

    private static string? Text(ExpressionSyntax? expression) => expression switch
    {
        LiteralExpressionSyntax { Token.Value: string text } => text,
        BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression) => $"{Text(sum.Left) ?? "{}"}{Text(sum.Right) ?? "{}"}",
        _ => null,
    };

    private static string? Status(ExpressionSyntax expression) =>
        StatusNumber().Match(expression.ToString()) is { Success: true } match ? match.Groups[1].Value : null;

    private static string Space(SyntaxNode node) => node.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().First().Name.ToString();

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex ProblemName();

    [GeneratedRegex(@"^(?:StatusCodes\.Status)?([45]\d\d)")]
    private static partial Regex StatusNumber();

    [GeneratedRegex(@"^[a-z_]+(\.[a-z_]+)*$")]
    private static partial Regex TagName();

    [GeneratedRegex(@"^Endpoints(\.[A-Z][A-Za-z]+)+$")]
    private static partial Regex SourceName();

    [GeneratedRegex(@"^EP\d{4}$")]
    private static partial Regex DiagnosticId();

    [GeneratedRegex(@"DiagnosticSeverity\.(\w+)")]
    private static partial Regex Severity();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
