using Endpoints.Shared.Collections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Shared.Pages;

/// <summary>Collects what is found while one file is read.</summary>
/// <param name="model">What the names in the file mean; null while the file is read by itself.</param>
internal sealed class Findings(SemanticModel? model)
{
    private readonly List<Flaw> _flaws = [];

    /// <summary>What the names in the file mean; null while the file is read by itself.</summary>
    public SemanticModel? Model => model;

    /// <summary>Whether something came up that only the model can answer.</summary>
    public bool NeedsModel { get; private set; }

    /// <summary>Whether a mistake was found that keeps the file from being an endpoint.</summary>
    public bool AreFatal => _flaws.Any(static flaw => flaw.IsFatal);

    public EquatableArray<Flaw> Flaws => _flaws.OrderBy(static flaw => flaw.Span.Start).ToEquatableArray();

    public void Add(Flaw flaw) => _flaws.Add(flaw);

    public void Add(FlawKind kind, TextSpan span, params string[] arguments) => Add(new Flaw(kind, span, arguments.ToEquatableArray()));

    /// <summary>Says that the answer depends on other files. Returns whether they can be asked.</summary>
    public bool AskModel()
    {
        if (model is null)
            NeedsModel = true;
        return model is not null;
    }
}
