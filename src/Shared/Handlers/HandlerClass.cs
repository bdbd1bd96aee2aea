using Endpoints.Shared.Collections;
using Endpoints.Shared.Pages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Endpoints.Shared.Handlers;

/// <summary>Finds mistakes in a handler class and its methods.</summary>
internal sealed class HandlerClass(DeclaredType type, IReadOnlyList<HandlerMethod> methods, Findings findings)
{
    // Words that are common names of other things too.
    private static readonly string[] OrdinaryWords = ["HEAD", "OPTIONS", "TRACE", "CONNECT", "PATCH", Verbs.All];

    private static readonly string[] Delegates = ["Func", "Action", "Delegate", "RequestDelegate"];

    public void Check()
    {
        CheckClass();
        CheckVerbs();
        foreach (var method in methods)
        {
            if (method.Syntax is { } syntax)
                MethodForm.Check(syntax, findings);
        }
        CheckOthers(type, methods, findings, isFatal: false);
    }

    /// <summary>
    /// Reports why a file has no handler, if there is a more specific reason. Returns <see langword="true"/> if there was one.
    /// </summary>
    public static bool ExplainMissing(IReadOnlyList<DeclaredType> types, Findings findings)
    {
        var before = findings.Flaws.Count;
        foreach (var type in types.Where(static type => type.IsClass && (type.IsPublic || type.IsStatic)))
            CheckOthers(type, [], findings, isFatal: true);
        return findings.Flaws.Count > before;
    }

    private void CheckClass()
    {
        void Refuse(string form, string remedy) => findings.Add(FlawKind.ClassCannotHandle, type.Identifier.Span, type.Name, form, remedy);

        if (!type.IsPublic)
            findings.Add(FlawKind.ClassNotPublic, type.Identifier.Span, type.Name);
        if (!type.IsClass)
            Refuse("a struct", "make it a class");
        else if (type.IsGeneric)
            Refuse("generic", "nobody says which types to use, so name them in a class derived from it");
        else if (type.IsAbstract && !type.IsStatic)
            Refuse("abstract", "make it a class that can be created, or a static one");
        else if (!type.IsStatic && methods.Any(static m => !m.IsStatic) && HasOnlyHiddenConstructors())
            Refuse("without a public constructor", "make one public, so that it can be created for a request");
        else if (!type.IsStatic && methods.Any(static m => !m.IsStatic) && LeavesConstructorOpen())
            Refuse("one with several public constructors", "keep one of them, or mark it with [ActivatorUtilitiesConstructor]");
    }

    private ConstructorDeclarationSyntax[] Constructors() =>
        [.. type.Members.OfType<ConstructorDeclarationSyntax>().Where(static c => !c.Modifiers.Any(SyntaxKind.StaticKeyword))];

    private bool HasPrimaryConstructor() => type.Parts.Any(static part => part.ParameterList is not null);

    private bool HasOnlyHiddenConstructors()
    {
        var constructors = Constructors();
        return constructors.Length > 0 && !HasPrimaryConstructor()
            && !constructors.Any(static c => c.Modifiers.Any(SyntaxKind.PublicKeyword));
    }

    private bool LeavesConstructorOpen()
    {
        var constructors = Constructors();
        return constructors.Count(static c => c.Modifiers.Any(SyntaxKind.PublicKeyword)) + (HasPrimaryConstructor() ? 1 : 0) > 1
            && !constructors.SelectMany(static c => c.AttributeLists).Concat(type.Parts.SelectMany(static part => part.AttributeLists))
                .SelectMany(static list => list.Attributes)
                .Any(static attribute =>
                    HandlerMethods.SimpleName(attribute) is "ActivatorUtilitiesConstructor" or "ActivatorUtilitiesConstructorAttribute");
    }

    private void CheckVerbs()
    {
        var first = new Dictionary<string, HandlerMethod>(StringComparer.Ordinal);
        foreach (var method in methods)
        {
            foreach (var verb in method.Verbs)
            {
                if (!first.TryGetValue(verb, out var other))
                {
                    first.Add(verb, method);
                    continue;
                }
                findings.Add(new Flaw(
                    FlawKind.VerbTwice, (method.Syntax ?? other.Syntax)?.Identifier.Span ?? type.Identifier.Span,
                    new[] { other.Name, method.Name, verb }.ToEquatableArray())
                {
                    Related = other.Syntax?.Identifier.Span,
                });
            }
        }
    }

    // What looks like a handler and is none.
    private static void CheckOthers(DeclaredType type, IReadOnlyList<HandlerMethod> methods, Findings findings, bool isFatal)
    {
        foreach (var member in type.Members)
        {
            switch (member)
            {
                case MethodDeclarationSyntax method
                    when methods.All(other => other.Syntax != method) && method.ExplicitInterfaceSpecifier is null:
                    CheckOther(method, methods, findings, isFatal);
                    break;
                case PropertyDeclarationSyntax property when property.Modifiers.Any(SyntaxKind.PublicKeyword):
                    CheckOther(property.Identifier, property.Type, "property", findings);
                    break;
                case FieldDeclarationSyntax field when field.Modifiers.Any(SyntaxKind.PublicKeyword):
                    foreach (var variable in field.Declaration.Variables)
                        CheckOther(variable.Identifier, field.Declaration.Type, "field", findings);
                    break;
            }
        }
    }

    private static void CheckOther(SyntaxToken identifier, TypeSyntax declared, string kind, Findings findings)
    {
        if (Verbs.Of(identifier.ValueText) is { } verb
            && (!OrdinaryWords.Contains(verb) || Delegates.Contains(HandlerMethods.SimpleName(declared))))
            findings.Add(FlawKind.NotAMethod, identifier.Span, identifier.ValueText, kind);
    }

    private static void CheckOther(MethodDeclarationSyntax method, IReadOnlyList<HandlerMethod> methods, Findings findings, bool isFatal)
    {
        var name = method.Identifier.ValueText;
        if (!HandlerMethods.IsPublic(method))
        {
            if (Verbs.Of(name) is not null || HandlerMethods.HasAttribute(method))
                findings.Add(
                    new Flaw(FlawKind.MethodNotPublic, method.Identifier.Span, new[] { name }.ToEquatableArray()) { IsFatal = isFatal });
            return;
        }

        if (method.Modifiers.Any(SyntaxKind.OverrideKeyword) || Verbs.Of(name) is not null)
            return;
        var near = Verbs.Near(name) ?? (isFatal ? Verbs.Prefix(name) : null);
        if (near is null || methods.Any(other => other.Verbs.Contains(Verbs.Of(near)!)))
            return;
        findings.Add(
            new Flaw(FlawKind.NearMiss, method.Identifier.Span,
                new[] { name, near }.ToEquatableArray()) { Suggestion = near, IsFatal = isFatal });
    }
}
