using Endpoints.Shared.Collections;
using Endpoints.Shared.Lock;
using Endpoints.Shared.Pages;
using Endpoints.Wix.Analyzers.Routes;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>Creates the entries of code that no endpoint's entry covers, with its location, its effect and its callers.</summary>
internal sealed class CodeEntries(Compilation compilation, PagesOptions pages, WixSymbols wix, RouteChain routes, IMethodSymbol? entryPoint)
{
    private static readonly SymbolDisplayFormat MemberName = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeExplicitInterface);

    /// <summary>Returns the entry of a place in the code.</summary>
    public LockedEndpoint Of(GuardUse use)
    {
        var entry = new LockedEndpoint(use.Kind, Where(use)) { Code = What(use) };
        if (use.Kind != LockedEndpoint.Elevates)
            return entry;
        // Beside [Elevate] on what is no endpoint that is known here, such as a page model.
        if (use.Syntax is AttributeSyntax { Parent.Parent: { } target }
            && compilation.GetSemanticModel(target.SyntaxTree).GetDeclaredSymbol(target) is { } declared)
        {
            entry = entry with
            {
                Authorize = EndpointHandlers.Demands([.. HeldAttributes.On(declared),
                    .. declared is IMethodSymbol ? HeldAttributes.On(declared.ContainingType) : []])
                    .Distinct().OrderBy(static demand => demand, StringComparer.Ordinal).ToEquatableArray(),
            };
        }
        var guards = use.Operation switch
        {
            IObjectCreationOperation creation when wix.IsElevate(creation.Type) => ElevateUse.Of(creation),
            IInvocationOperation call when wix.IsElevateCall(call.TargetMethod) => ElevateUse.Of(call),
            _ => null,
        };
        return guards is null
            ? entry with { Callers = new[] { LockedEndpoint.Unknown }.ToEquatableArray() } : LockedGuards.Of(entry, guards, wix);
    }

    private string Where(GuardUse use)
    {
        var path = use.Syntax.SyntaxTree.FilePath.Replace('\\', '/');
        path = pages.ProjectPrefix.Length > 0 && path.StartsWith(pages.ProjectPrefix, StringComparison.Ordinal)
            ? path.Substring(pages.ProjectPrefix.Length) : path.Substring(path.LastIndexOf('/') + 1);
        var model = compilation.GetSemanticModel(use.Syntax.SyntaxTree);
        var member = use switch
        {
            { Syntax: AttributeSyntax { Parent.Parent: { } target } } => Declared(target, model),
            { Operation: null } => null,
            _ => GuardCarriers.Member(model.GetEnclosingSymbol(use.Syntax.SpanStart)),
        };
        return member is null or INamespaceSymbol || SymbolEqualityComparer.Default.Equals(member, entryPoint)
            ? path : $"{path}, {member.ToDisplayString(MemberName)}";
    }

    private static ISymbol? Declared(SyntaxNode target, SemanticModel model)
    {
        var symbol = model.GetDeclaredSymbol(target is BaseFieldDeclarationSyntax field ? field.Declaration.Variables[0] : target)
            ?? (target is LambdaExpressionSyntax ? model.GetEnclosingSymbol(target.SpanStart) : null);
        return GuardCarriers.Member(symbol);
    }

    private string What(GuardUse use)
    {
        if (use.Syntax is AttributeSyntax attribute)
            return $"[{CodeText.Line(attribute)}]";
        if (use.Operation is null)
        {
            return use.Syntax is TypeDeclarationSyntax type
                ? $"{type.Keyword.Text} {type.Identifier.Text} {(type.BaseList is { } bases ? CodeText.Line(bases) : "")}".TrimEnd()
                : use.Syntax is MethodDeclarationSyntax method
                ? $"{(method.Body is null && method.ExpressionBody is null ? "extern" : "override")} {method.Identifier.Text}"
                    + CodeText.Line(method.ParameterList)
                : CodeText.Line(use.Syntax);
        }

        var text = CodeText.Of(use.Syntax);
        var around = CodeText.CallAround(use.Syntax) is { } outer ? use.Operation.SemanticModel?.GetOperation(outer) : null;
        if (around is IConditionalAccessOperation access)
            around = access.WhenNotNull;
        return new[] { use.Operation, around }.OfType<IInvocationOperation>().Select(Receiver)
            .FirstOrDefault(static receiver => receiver is not null) is { } receiver
            ? $"{text}, {receiver}"
            : text;
    }

    // What a variable stands for on which the call is made: the call's own text would stay the same with another route.
    private string? Receiver(IInvocationOperation call)
    {
        var on = CallChain.On(call);
        while (on is IConversionOperation or IInvocationOperation)
            on = on is IConversionOperation conversion ? conversion.Operand : CallChain.On((IInvocationOperation)on);
        if (on is not ILocalReferenceOperation { Local: var local } || local.Type.Name == "WebApplication")
            return null;
        if (routes.TargetOf(call) is { } target)
            return $"on {target}";
        var syntax = local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        return syntax switch
        {
            ForEachStatementSyntax loop => $"on each of {CodeText.Line(loop.Expression)}",
            VariableDeclaratorSyntax { Initializer.Value: { } value } => $"on {CodeText.Line(value)}",
            _ => null,
        };
    }
}
