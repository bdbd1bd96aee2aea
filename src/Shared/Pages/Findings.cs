using Endpoints.Shared.Collections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Shared.Pages;

/// <summary>Collects the findings of reading one file.</summary>
/// <param name="model">The semantic model of the file, or <see langword="null"/> while the file is read on its own.</param>
internal sealed class Findings(SemanticModel? model)
{
    private readonly List<Flaw> _flaws = [];

    /// <summary>Gets the semantic model of the file, or <see langword="null"/> while the file is read on its own.</summary>
    public SemanticModel? Model => model;

    /// <summary>Gets a value that indicates whether a question came up that only the model can answer.</summary>
    public bool NeedsModel { get; private set; }

    /// <summary>Gets a value that indicates whether a mistake was found that keeps the file from being an endpoint.</summary>
    public bool AreFatal => _flaws.Any(static flaw => flaw.IsFatal);

    public EquatableArray<Flaw> Flaws => _flaws.OrderBy(static flaw => flaw.Span.Start).ToEquatableArray();

    public void Add(Flaw flaw) => _flaws.Add(flaw);

    public void Add(FlawKind kind, TextSpan span, params string[] arguments) => Add(new Flaw(kind, span, arguments.ToEquatableArray()));

    /// <summary>Records that the result depends on other files. Returns <see langword="true"/> if the model is available.</summary>
    public bool AskModel()
    {
        if (model is null)
            NeedsModel = true;
        return model is not null;
    }
}
