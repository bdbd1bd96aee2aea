using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Endpoints.Wix.Analyzers.CodeFixes;

/// <summary>Writes a setting into the lambda of <c>.Elevate(callers, options => ...)</c>.</summary>
internal static class ElevateLambda
{
    private const string Parameter = "options";

    /// <summary>The call with the setting.</summary>
    /// <param name="call">The call.</param>
    /// <param name="setting">The setting's name.</param>
    /// <param name="value">Its value, with the blank before it.</param>
    /// <returns>The call; null where it has a second argument already: what that does is for people to change.</returns>
    public static SyntaxNode? Set(InvocationExpressionSyntax call, string setting, ExpressionSyntax value)
    {
        if (call.ArgumentList.Arguments.Count != 1 || call.ArgumentList.Arguments[0].Expression is BaseObjectCreationExpressionSyntax)
            return null;
        var assignment = SyntaxFactory.AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression,
            SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.IdentifierName(Parameter), SyntaxFactory.IdentifierName(setting).WithTrailingTrivia(SyntaxFactory.Space)),
            value);
        var lambda = SyntaxFactory.SimpleLambdaExpression(
            SyntaxFactory.Parameter(SyntaxFactory.Identifier(Parameter).WithTrailingTrivia(SyntaxFactory.Space)),
            assignment.WithLeadingTrivia(SyntaxFactory.Space));
        return call.WithArgumentList(call.ArgumentList.AddArguments(SyntaxFactory.Argument(lambda).WithLeadingTrivia(SyntaxFactory.Space)));
    }
}
