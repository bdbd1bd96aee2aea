using Adversary.Tests.Hosting;

namespace Adversary.Tests.Judging;

/// <summary>Something that must not be.</summary>
/// <param name="Rule">Which rule is broken.</param>
/// <param name="Where">On which endpoint or part, so that one mistake is told once.</param>
/// <param name="What">What happened.</param>
/// <param name="By">The conversation that did it, if that is known.</param>
internal sealed record Violation(string Rule, string Where, string What, Fired? By = null)
{
    public string Name => $"{Rule} | {Where}";

    public override string ToString() => $"{Name}: {What}";
}
