using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>Writes a piece of code on one line, independently of its layout, for code that the lock shows but can't interpret.</summary>
internal static class CodeText
{
    /// <summary>Returns the expression around a piece of code that shows its use, and the call that contains it in a lambda.</summary>
    public static string Of(SyntaxNode use)
    {
        var whole = Whole(use);
        return CallAround(whole) is { } call ? $"{Line(whole)}, in {Line(call)}" : Line(whole);
    }

    /// <summary>Returns code on one line. The bodies of lambdas, which can be arbitrarily long, are omitted.</summary>
    public static string Line(SyntaxNode node)
    {
        var omitted = node.DescendantNodes().Select(BodyOf).OfType<SyntaxNode>().Select(static body => body.Span).ToList();
        var text = new StringBuilder();
        SyntaxToken last = default;
        TextSpan inside = default;
        foreach (var token in node.DescendantTokens())
        {
            if (inside.Contains(token.Span) && !inside.IsEmpty)
                continue;
            inside = omitted.Find(span => span.Contains(token.Span));
            if (text.Length > 0 && HasBlank(last, token))
                text.Append(' ');
            text.Append(inside.IsEmpty ? token.Text : "...");
            last = token;
        }
        return text.ToString();
    }

    private static SyntaxNode? BodyOf(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax function ? function.Body : null;

    private static SyntaxNode Whole(SyntaxNode node)
    {
        while (true)
        {
            switch (node.Parent)
            {
                case ArgumentSyntax or ArgumentListSyntax or BracketedArgumentListSyntax or InitializerExpressionSyntax
                    or ExpressionElementSyntax or CollectionExpressionSyntax
                    or CastExpressionSyntax or ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax or AssignmentExpressionSyntax
                    or EqualsValueClauseSyntax
                    or VariableDeclaratorSyntax or BaseObjectCreationExpressionSyntax or ArrayCreationExpressionSyntax
                    or ImplicitArrayCreationExpressionSyntax
                    or ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax or TypeArgumentListSyntax or GenericNameSyntax
                    or RefExpressionSyntax
                    or ConditionalExpressionSyntax or BinaryExpressionSyntax or SpreadElementSyntax or AwaitExpressionSyntax
                    or TypeOfExpressionSyntax:
                    node = node.Parent;
                    break;
                case InvocationExpressionSyntax call when call.ArgumentList == node || node is not InvocationExpressionSyntax:
                    node = call;
                    break;
                case ElementAccessExpressionSyntax element:
                    node = element;
                    break;
                case ConditionalAccessExpressionSyntax access when access.WhenNotNull == node || node is not InvocationExpressionSyntax:
                    node = access;
                    break;
                // What is done with a list or a type: a call's own result may go through a long chain.
                case MemberAccessExpressionSyntax member
                    when member.Name == node || node is MemberAccessExpressionSyntax or SimpleNameSyntax or MemberBindingExpressionSyntax:
                    node = member;
                    break;
                case MemberBindingExpressionSyntax binding:
                    node = binding;
                    break;
                default:
                    return node;
            }
        }
    }

    /// <summary>Returns the call that contains the code in a lambda, or <see langword="null"/> if there is none.</summary>
    public static SyntaxNode? CallAround(SyntaxNode node)
    {
        for (var at = node.Parent; at is not null and not MemberDeclarationSyntax and not LocalFunctionStatementSyntax; at = at.Parent)
        {
            if (at is AnonymousFunctionExpressionSyntax
                {
                    Parent: ArgumentSyntax { Parent: ArgumentListSyntax { Parent: ExpressionSyntax call } }
                })
                return call.Parent is ConditionalAccessExpressionSyntax access && access.WhenNotNull == call ? access : call;
        }
        return null;
    }

    private static bool HasBlank(SyntaxToken last, SyntaxToken next) =>
        next.Kind() is not (SyntaxKind.CloseParenToken or SyntaxKind.CommaToken or SyntaxKind.SemicolonToken)
        && ((IsWord(last) && IsWord(next)) || last.IsKind(SyntaxKind.CommaToken) || last.IsKind(SyntaxKind.ColonToken) || IsSpaced(last)
            || IsSpaced(next));

    private static bool IsWord(SyntaxToken token) =>
        token.Text.Length > 0 && (char.IsLetterOrDigit(token.Text[0]) || token.Text[0] is '_' or '@' or '"' or '$' or '\'');

    private static bool IsSpaced(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.EqualsGreaterThanToken or SyntaxKind.OpenBraceToken or SyntaxKind.CloseBraceToken => true,
        _ => !IsWord(token)
            && token.Parent is BinaryExpressionSyntax or AssignmentExpressionSyntax or ConditionalExpressionSyntax
                or EqualsValueClauseSyntax,
    };
}
