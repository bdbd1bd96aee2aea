using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Endpoints.Wix.Analyzers.CodeFixes;

/// <summary>Writes a setting into the lambda of <c>.Elevate(callers, options => ...)</c>.</summary>
internal static class ElevateLambda
{
    private const string Parameter = "options";

    /// <summary>Adds a setting to a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="setting">The name of the setting.</param>
    /// <param name="value">The value of the setting, including the leading space.</param>
    /// <returns>The call, or <see langword="null"/> if it already has a second argument, whose effect only the author can change.</returns>
    public static SyntaxNode? Set(InvocationExpressionSyntax call, string setting, ExpressionSyntax value)
    {
        if (call.ArgumentList.Arguments.Count != 1 || call.ArgumentList.Arguments[0].Expression is BaseObjectCreationExpressionSyntax)
            return null;
        var assignment = SyntaxFactory.AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression,
            SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.IdentifierName(Parameter),
                SyntaxFactory.IdentifierName(setting).WithTrailingTrivia(SyntaxFactory.Space)),
            value);
        var lambda = SyntaxFactory.SimpleLambdaExpression(
            SyntaxFactory.Parameter(SyntaxFactory.Identifier(Parameter).WithTrailingTrivia(SyntaxFactory.Space)),
            assignment.WithLeadingTrivia(SyntaxFactory.Space));
        return call.WithArgumentList(call.ArgumentList.AddArguments(SyntaxFactory.Argument(lambda).WithLeadingTrivia(SyntaxFactory.Space)));
    }
}
