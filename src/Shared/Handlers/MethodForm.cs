using Endpoints.Shared.Pages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Endpoints.Shared.Handlers;

/// <summary>Finds methods whose form no request can call, or whose result no response can contain.</summary>
internal static class MethodForm
{
    private static readonly string[] StackOnly = ["Span", "ReadOnlySpan", "TypedReference", "ArgIterator"];

    public static void Check(MethodDeclarationSyntax method, Findings findings)
    {
        void Refuse(SyntaxNode at, string reason, string remedy) =>
            findings.Add(FlawKind.MethodCannotHandle, at.Span, method.Identifier.ValueText, reason, remedy);

        if (method.TypeParameterList is { } generic)
            Refuse(generic, "it is generic", "nobody says which types to use, so name them");
        if (method.Modifiers.Any(SyntaxKind.AsyncKeyword)
            && method.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } nothing)
            Refuse(nothing, "it is async void", "the response would be sent before it is done, so return a Task");
        if (method.ReturnType is RefTypeSyntax or PointerTypeSyntax or FunctionPointerTypeSyntax || IsStackOnly(method.ReturnType))
            Refuse(method.ReturnType, $"a response can't be made of '{method.ReturnType.WithoutTrivia()}'",
                "return a value, a Task or an IResult");

        foreach (var parameter in method.ParameterList.Parameters)
        {
            if (parameter.Modifiers.FirstOrDefault(
                static m => m.Kind() is SyntaxKind.RefKeyword or SyntaxKind.OutKeyword or SyntaxKind.InKeyword) is { RawKind: > 0 } passing)
                Refuse(parameter, $"its parameter '{parameter.Identifier.ValueText}' is passed by '{passing.ValueText}'",
                    "take it by value");
            else if (parameter.Type is PointerTypeSyntax or FunctionPointerTypeSyntax || IsStackOnly(parameter.Type))
                Refuse(parameter, $"no request holds a '{parameter.Type!.WithoutTrivia()}'", "take an array, a string or a Stream");
        }
    }

    private static bool IsStackOnly(TypeSyntax? type) => type is not null && StackOnly.Contains(HandlerMethods.SimpleName(type));
}
