using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Finds forms of a class of which no instance can be made for an event or a call.</summary>
internal static class ClassForm
{
    public static void Check(INamedTypeSymbol type, bool isStatic, WebhookFindings findings, TextSpan anchor)
    {
        void Refuse(string form, string remedy) => findings.Add(WebhookRules.ClassCannotHandle, anchor, type.Name, form, remedy);

        if (type.TypeKind != TypeKind.Class)
            Refuse("a struct", "make it a class");
        else if (type.IsFileLocal)
            Refuse("one that only the file can see", "make it public");
        else if (type.DeclaredAccessibility != Accessibility.Public)
            Refuse("not public", "make it public, or it is never called");
        else if (type.IsGenericType)
            Refuse("generic", "nobody says which types to use, so name them in a class derived from it");
        else if (type.IsAbstract && !type.IsStatic)
            Refuse("abstract", "make it a class that can be created");
        else if (type.IsStatic && !isStatic)
            Refuse("static", "make it a class that can be created");
        else if (!isStatic)
            CheckConstructors(type, Refuse);
    }

    private static void CheckConstructors(INamedTypeSymbol type, Action<string, string> refuse)
    {
        var open = type.InstanceConstructors
            .Where(static one => one.DeclaredAccessibility == Accessibility.Public && !IsCopy(one)).ToList();
        if (open.Count == 0)
            refuse("without a public constructor", "make one public, so that it can be created for an event");
        else if (open.Count > 1 && !open.Exists(static one => one.GetAttributes()
            .Any(static attribute => attribute.AttributeClass?.Name == "ActivatorUtilitiesConstructorAttribute")))
            refuse("one with several public constructors", "keep one of them, or mark it with [ActivatorUtilitiesConstructor]");
    }

    private static bool IsCopy(IMethodSymbol constructor) =>
        constructor.ContainingType.IsRecord && constructor.Parameters.Length == 1
        && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, constructor.ContainingType);
}
