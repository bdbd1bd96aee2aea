using Endpoints.Shared.Naming;
using Endpoints.Shared.Pages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Shared.Handlers;

/// <summary>Compares the parameters of a file's path with those that its handlers bind.</summary>
/// <remarks>
/// A handler reads a path parameter if one of its own parameters has that name, ignoring case, and no attribute that binds it to another
/// source; if <c>[FromRoute]</c> names it, also within an <c>[AsParameters]</c> type; or if it takes an object that contains all of them. A
/// rest parameter need not be read, because a file can answer everything beneath its path.
/// </remarks>
internal sealed class RouteParameters(RouteSegments route, Findings findings)
{
    private static readonly string[] HoldAll = ["HttpContext", "HttpRequest", "ApiContext", "IHttpContextAccessor"];

    private static readonly string[] TakenFromElsewhere =
        ["FromQuery", "FromHeader", "FromBody", "FromForm", "FromServices", "FromKeyedServices"];

    private readonly HashSet<string> _unread = new(
        from segment in route.Segments from part in segment.Parts where part.Kind == RoutePartKind.Parameter select part.Value,
        StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _all = new(route.Parameters, StringComparer.OrdinalIgnoreCase);

    public void Check(DeclaredType type, IReadOnlyList<HandlerMethod> methods)
    {
        foreach (var method in methods)
        {
            if (method.Syntax is { } syntax)
                Read(syntax.ParameterList);
            else
                Read(method.Symbol!.Parameters, type.Identifier.Span, depth: 0);
        }
        foreach (var parameters in type.Parts.Select(static p => p.ParameterList)
            .Concat(type.Members.OfType<ConstructorDeclarationSyntax>().Select(static c => c.ParameterList)))
        {
            if (parameters?.Parameters.Any(static p => HandlerMethods.SimpleName(p.Type) == "IHttpContextAccessor") == true)
                _unread.Clear();
        }

        if (_unread.Count == 0)
            return;
        if (findings.Model is null)
        {
            // Types may bind themselves from the whole request.
            _ = findings.AskModel();
            return;
        }
        foreach (var method in methods.Where(static method => method.Syntax is not null))
            Read(((IMethodSymbol?)findings.Model.GetDeclaredSymbol(method.Syntax!))?.Parameters ?? [], method.Syntax!.Identifier.Span,
                depth: 0);
        foreach (var name in route.Parameters.Where(_unread.Contains))
            findings.Add(FlawKind.UnreadRouteParameter,
                (methods.FirstOrDefault(static m => m.Syntax is not null)?.Syntax!.Identifier ?? type.Identifier).Span, name);
    }

    private void Read(ParameterListSyntax parameters)
    {
        foreach (var parameter in parameters.Parameters)
        {
            if (HoldAll.Contains(HandlerMethods.SimpleName(parameter.Type)))
            {
                _unread.Clear();
                continue;
            }

            var attributes = parameter.AttributeLists.SelectMany(static list => list.Attributes).ToArray();
            AttributeSyntax? Find(string name) =>
                attributes.FirstOrDefault(
                    a => HandlerMethods.SimpleName(a) is var written && (written == name || written == name + "Attribute"));
            if (Find("AsParameters") is not null)
            {
                if (findings.AskModel() && findings.Model!.GetDeclaredSymbol(parameter) is IParameterSymbol symbol)
                    Read([symbol], parameter.Identifier.Span, depth: 0);
            }
            else if (Find("FromRoute") is { } fromRoute)
            {
                Bind(fromRoute, parameter);
            }
            else if (!TakenFromElsewhere.Any(name => Find(name) is not null))
            {
                _unread.Remove(parameter.Identifier.ValueText);
            }
        }
    }

    private void Bind(AttributeSyntax attribute, ParameterSyntax parameter)
    {
        var argument = attribute.ArgumentList?.Arguments.FirstOrDefault(static a => a.NameEquals?.Name.Identifier.ValueText == "Name");
        var name = parameter.Identifier.ValueText;
        if (argument?.Expression is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression))
            name = literal.Token.ValueText;
        else if (argument is not null)
        {
            if (!findings.AskModel() || findings.Model!.GetConstantValue(argument.Expression).Value is not string constant)
                return;
            name = constant;
        }
        Bind(name, (argument?.Expression.Span) ?? parameter.Identifier.Span);
    }

    private void Bind(string name, TextSpan at)
    {
        _unread.Remove(name);
        if (_all.Contains(name))
            return;
        var has = route.Parameters.Select(static parameter => $"'{parameter}'").ToArray();
        findings.Add(
            FlawKind.NoSuchRouteParameter,
            at,
            route.Text,
            name,
            has.Length == 0
                ? $"its path has none, so rename the file to '[{name}]' or bind it from elsewhere" : $"it has {string.Join(", ", has)}");
    }

    private void Read(IEnumerable<IParameterSymbol> parameters, TextSpan at, int depth)
    {
        foreach (var parameter in parameters)
            Read(parameter.Name, parameter.Type, parameter.GetAttributes(), at, depth);
    }

    private void Read(string name, ITypeSymbol type, IEnumerable<AttributeData> attributes, TextSpan at, int depth)
    {
        const int DeepEnough = 4; // the framework does not nest them at all

        var byName = attributes.GroupBy(static a => a.AttributeClass?.Name ?? "").ToDictionary(static g => g.Key, static g => g.First());
        if (HoldAll.Contains(type.Name) || BindsItself(type))
            _unread.Clear();
        else if (byName.ContainsKey("AsParametersAttribute") && depth < DeepEnough && type is INamedTypeSymbol list)
            ReadMembers(list, at, depth + 1);
        else if (byName.TryGetValue("FromRouteAttribute", out var fromRoute))
            Bind(fromRoute.NamedArguments.FirstOrDefault(static a => a.Key == "Name").Value.Value as string ?? name, at);
        else if (!TakenFromElsewhere.Any(elsewhere => byName.ContainsKey(elsewhere + "Attribute")))
            _unread.Remove(name);
    }

    // As the framework does: through the one constructor with parameters, which share their properties' attributes, or else through the
    // properties.
    private void ReadMembers(INamedTypeSymbol type, TextSpan at, int depth)
    {
        var properties = new List<IPropertySymbol>();
        for (var declaring = type; declaring is { SpecialType: not SpecialType.System_Object }; declaring = declaring.BaseType)
            properties.AddRange(
                declaring.GetMembers().OfType<IPropertySymbol>()
                    .Where(static p => p is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsIndexer: false }));

        var constructors =
            type.InstanceConstructors.Where(
                static c => c.DeclaredAccessibility == Accessibility.Public && !(c.IsImplicitlyDeclared && c.Parameters.Length == 0))
                .ToArray();
        if (constructors.Length == 1 && constructors[0].Parameters.Length > 0)
        {
            foreach (var parameter in constructors[0].Parameters)
            {
                var property = properties.FirstOrDefault(p => p.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase));
                Read(parameter.Name, parameter.Type, parameter.GetAttributes().Concat(property?.GetAttributes() ?? []), at, depth);
            }
            return;
        }
        foreach (var property in properties)
            Read(property.Name, property.Type, property.GetAttributes(), at, depth);
    }

    private static bool BindsItself(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            type = nullable.TypeArguments[0];
        if (type.AllInterfaces.Any(static i => i.Name == "IBindableFromHttpContext"))
            return true;
        for (var declaring = type; declaring is { SpecialType: not SpecialType.System_Object }; declaring = declaring.BaseType)
        {
            if (declaring.GetMembers("BindAsync").OfType<IMethodSymbol>()
                .Any(static m => m.IsStatic && m.Parameters.Length > 0 && m.Parameters[0].Type.Name == "HttpContext"))
                return true;
        }
        return false;
    }
}
