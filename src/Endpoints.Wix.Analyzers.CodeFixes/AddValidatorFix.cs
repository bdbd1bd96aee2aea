using System.Collections.Immutable;
using System.Composition;
using Endpoints.Shared.CodeFixes;
using Endpoints.Wix.Analyzers.Guards;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Endpoints.Wix.Analyzers.CodeFixes;

/// <summary>
/// Adds a validator for a body to the file, with a rule for each member that a rule can be derived for without knowledge of its meaning.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddValidatorFix))]
[Shared]
internal sealed class AddValidatorFix : DiagnosticFix
{
    private const string Library = "FluentValidation";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [GuardRules.BodyWithoutValidator.Id];

    /// <summary>Returns <see langword="null"/>, because the allowed values have to be decided for each type.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    private protected override async Task RegisterAsync(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic)
    {
        if (root is not CompilationUnitSyntax file
            || await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model
            || !diagnostic.Properties.TryGetValue(BodyWithoutValidatorAnalyzer.BodyProperty, out var written) || written is null)
        {
            return;
        }
        var at = diagnostic.Location.SourceSpan.Start;
        var type = model.GetSpeculativeTypeInfo(at, SyntaxFactory.ParseTypeName(written), SpeculativeBindingOption.BindAsTypeOrNamespace)
            .Type;
        // What only the endpoint's own class may see can't be validated from elsewhere.
        if (type is null or IErrorTypeSymbol || !model.IsAccessible(file.FullSpan.End - 1 > 0 ? file.FullSpan.End - 1 : 0, type))
            return;
        var name = AddedClass.Free(model, at, AddedClass.Pascal(type.Name) + "Validator");
        Offer(context, diagnostic, $"Add the validator '{name}'",
            () => Validated(file, file.FindNode(diagnostic.Location.SourceSpan), model, type, written, name));
    }

    private static SyntaxNode Validated(CompilationUnitSyntax file, SyntaxNode place, SemanticModel model, ITypeSymbol type, string written,
        string name)
    {
        var isImported = model.LookupNamespacesAndTypes(place.SpanStart, name: "AbstractValidator").Any();
        var rules = Rules(type).ToList();
        var marked = file.ReplaceNode(place, place.WithAdditionalAnnotations(AddedClass.Beside));
        var changed = AddedClass.To(marked, $$"""
            internal sealed class {{name}} : global::FluentValidation.AbstractValidator<{{written}}>
            {
                // TODO: rules of what is allowed.
                public {{name}}()
                {
            {{string.Join("\n", rules.Select(static rule => $"        {rule};"))}}
                }
            }
            """);
        return isImported ? changed : WithUsing((CompilationUnitSyntax)changed);
    }

    private static IEnumerable<string> Rules(ITypeSymbol type)
    {
        var found = 0;
        for (var at = type; at is { SpecialType: SpecialType.None }; at = at.BaseType)
        {
            foreach (var property in at.GetMembers().OfType<IPropertySymbol>())
            {
                if (property is not { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsIndexer: false,
                    GetMethod.DeclaredAccessibility: Accessibility.Public }
                    || at.ContainingNamespace?.ToDisplayString().Split('.')[0] is "System" or "Microsoft"
                    || RuleOf(property) is not { } rule)
                {
                    continue;
                }
                found++;
                var escape = SyntaxFacts.GetKeywordKind(property.Name) == SyntaxKind.None ? "" : "@";
                yield return $"RuleFor(value => value.{escape}{property.Name}){rule}";
            }
        }
        if (found == 0)
            yield return Validators.ElementOf(type) is null ? "RuleFor(value => value).NotNull()" : "RuleFor(value => value).NotEmpty()";
    }

    // What may be null may be absent; a text has an end, an enumeration its names, and a number that counts is not negative.
    private static string? RuleOf(IPropertySymbol property)
    {
        var type = property.Type;
        var mayBeNull = type.NullableAnnotation == NullableAnnotation.Annotated;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            type = nullable.TypeArguments[0];
        return type switch
        {
            { SpecialType: SpecialType.System_String } => mayBeNull ? ".MaximumLength(200)" : ".NotEmpty().MaximumLength(200)",
            { SpecialType: SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_Int32 or SpecialType.System_Int64
                or SpecialType.System_Decimal } => ".GreaterThanOrEqualTo(0)",
            { TypeKind: TypeKind.Enum } => ".IsInEnum()",
            { IsValueType: true } =>
                mayBeNull || type.SpecialType != SpecialType.None || type.ToDisplayString() != "System.Guid" ? null : ".NotEmpty()",
            { IsReferenceType: true } => mayBeNull ? null : ".NotNull()",
            _ => null,
        };
    }

    private static CompilationUnitSyntax WithUsing(CompilationUnitSyntax file)
    {
        var ends = file.DescendantTrivia()
            .FirstOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } used ? used.ToString() : "\n";
        var directive = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(Library).WithLeadingTrivia(SyntaxFactory.Space))
            .WithTrailingTrivia(SyntaxFactory.EndOfLine(ends));
        var before =
            file.Usings.Count(
                static other => other.Alias is null && other.StaticKeyword.RawKind == 0
                    && string.CompareOrdinal(other.Name?.ToString(), Library) < 0);
        if (file.Usings.Count > 0 && before > 0)
            return file.WithUsings(file.Usings.Insert(before, directive));

        // It comes first, so what stands above the first thing stands above it.
        var first = file.GetFirstToken(includeZeroWidth: true);
        var bare = file.ReplaceToken(
            first, first.WithLeadingTrivia(file.Usings.Count > 0 ? default : SyntaxFactory.TriviaList(SyntaxFactory.EndOfLine(ends))));
        return bare.WithUsings(bare.Usings.Insert(0, directive.WithLeadingTrivia(first.LeadingTrivia)));
    }
}
