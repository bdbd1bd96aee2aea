using Endpoints.Shared.Naming;
using Endpoints.Shared.Pages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Endpoints.Shared.Handlers;

/// <summary>Finds the handlers among the methods of a class.</summary>
internal static class HandlerMethods
{
    private const string AttributeName = "HttpMethod";

    private const string AttributeType = "Endpoints.HttpMethodAttribute";

    /// <summary>Returns the public handlers of a class, those of this file first.</summary>
    /// <param name="type">The class.</param>
    /// <param name="isPage">
    /// The function that determines whether a file is an endpoint file. A part of the class in an endpoint file belongs to that file.
    /// </param>
    /// <param name="findings">The collector for attributes that are invalid.</param>
    public static IReadOnlyList<HandlerMethod> Of(DeclaredType type, Func<SyntaxTree, bool> isPage, Findings findings)
    {
        var methods = new List<HandlerMethod>();
        foreach (var method in type.Members.OfType<MethodDeclarationSyntax>())
        {
            if (!IsPublic(method) || method.ExplicitInterfaceSpecifier is not null || IsSecondHalf(method, methods))
                continue;
            var verbs = VerbsOf(method, findings);
            if (verbs.Count > 0)
                methods.Add(new HandlerMethod(method, verbs));
        }

        if (type.IsClass && (type.HasBases || type.IsPartial) && findings.AskModel()
            && findings.Model!.GetDeclaredSymbol(type.Parts[0]) is { } symbol)
            AddFromElsewhere(symbol, type.Parts[0].SyntaxTree, isPage, methods);
        return methods;
    }

    /// <summary>Determines whether a method is declared public.</summary>
    public static bool IsPublic(MethodDeclarationSyntax method) => method.Modifiers.Any(SyntaxKind.PublicKeyword);

    /// <summary>Determines whether a method has an attribute that names an HTTP method.</summary>
    public static bool HasAttribute(MethodDeclarationSyntax method) => Attributes(method).Any();

    // This runs for every class with a base whenever anything was edited. Names are looked at before anything that the compiler would have
    // to bind.
    private static void AddFromElsewhere(INamedTypeSymbol symbol, SyntaxTree file, Func<SyntaxTree, bool> isPage,
        List<HandlerMethod> methods)
    {
        var derived = new List<INamedTypeSymbol>();
        for (var type = symbol; type is { SpecialType: not SpecialType.System_Object }; type = type.BaseType)
        {
            var isElsewhere = derived.Count > 0 || symbol.DeclaringSyntaxReferences.Length > 1;
            foreach (var method in isElsewhere ? type.GetMembers().OfType<IMethodSymbol>() : [])
            {
                if (method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsAbstract: false }
                    && !(derived.Count == 0
                        && method.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == file || isPage(reference.SyntaxTree)))
                    && VerbsOf(method) is { Count: > 0 } verbs
                    && !derived.Any(hiding => hiding.GetMembers(method.Name).OfType<IMethodSymbol>().Any(other => Hides(other, method))))
                    methods.Add(new HandlerMethod(method, verbs));
            }
            derived.Add(type);
        }
    }

    private static bool Hides(IMethodSymbol derived, IMethodSymbol method) =>
        derived.Parameters.Length == method.Parameters.Length
        && derived.Parameters.Zip(method.Parameters, static (a, b) => a.Type.Equals(b.Type, SymbolEqualityComparer.Default))
            .All(static same => same);

    // Of a partial method's two declarations the first one stands for both.
    private static bool IsSecondHalf(MethodDeclarationSyntax method, List<HandlerMethod> methods) =>
        method.Modifiers.Any(SyntaxKind.PartialKeyword)
        && methods.Any(other => other.Syntax is { } syntax
            && syntax.Modifiers.Any(SyntaxKind.PartialKeyword)
            && other.Name == method.Identifier.ValueText
            && syntax.ParameterList.Parameters.Count == method.ParameterList.Parameters.Count);

    private static List<string> VerbsOf(MethodDeclarationSyntax method, Findings findings)
    {
        var verbs = new List<string>();
        if (Verbs.Of(method.Identifier.ValueText) is { } verb)
            verbs.Add(verb);
        foreach (var attribute in Attributes(method))
        {
            if (attribute.ArgumentList?.Arguments.FirstOrDefault() is not { } argument)
                continue; // the compiler's to report
            string? text;
            if (argument.Expression is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression))
                text = literal.Token.ValueText;
            else if (findings.AskModel())
                text = findings.Model!.GetConstantValue(argument.Expression).Value as string;
            else
                continue;
            if (text is null)
                continue; // not a constant text: the compiler's to report
            if (!HttpToken.IsValid(text))
                findings.Add(FlawKind.HttpMethodName, argument.Span, text);
            else if (!verbs.Contains(text.ToUpperInvariant()))
                verbs.Add(text.ToUpperInvariant());
        }
        return verbs;
    }

    private static IReadOnlyList<string> VerbsOf(IMethodSymbol method)
    {
        var named = Verbs.Of(method.Name);
        var isWithoutAttribute = method.DeclaringSyntaxReferences.Length > 0
            && method.DeclaringSyntaxReferences.All(
                static reference => reference.GetSyntax() is not MethodDeclarationSyntax { AttributeLists.Count: > 0 });
        if (isWithoutAttribute)
            return named is null ? [] : [named];
        return [.. method.GetAttributes()
            .Where(static attribute => attribute.AttributeClass?.ToDisplayString() == AttributeType)
            .Select(static attribute => attribute.ConstructorArguments.FirstOrDefault().Value as string)
            .OfType<string>()
            .Where(HttpToken.IsValid)
            .Select(static text => text.ToUpperInvariant())
            .Prepend(named ?? "")
            .Where(static verb => verb.Length > 0)
            .Distinct()];
    }

    private static IEnumerable<AttributeSyntax> Attributes(MethodDeclarationSyntax method) =>
        method.AttributeLists.SelectMany(static list => list.Attributes)
            .Where(static attribute => SimpleName(attribute) is AttributeName or AttributeName + "Attribute");

    internal static string SimpleName(AttributeSyntax attribute) => SimpleName(attribute.Name);

    internal static string SimpleName(TypeSyntax? type) => type switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        NullableTypeSyntax nullable => SimpleName(nullable.ElementType),
        _ => "",
    };
}
