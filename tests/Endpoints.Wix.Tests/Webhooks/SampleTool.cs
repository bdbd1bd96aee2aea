using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using FluentValidation;

namespace Endpoints.Wix.Tests.Webhooks;

/// <summary>What a test asks of a tool.</summary>
internal sealed record ToolQuery([property: Description("The number on the label.")] string Number, [Range(1, 5)] int Count = 1,
    ToolKind Kind = ToolKind.Letter, IReadOnlyList<ToolPart>? Parts = null);

/// <summary>What is within it.</summary>
internal sealed record ToolPart([StringLength(5)] string Name);

/// <summary>Of which kind it is.</summary>
internal enum ToolKind
{
    Letter,
    Parcel,
}

/// <summary>What the tool answers.</summary>
internal sealed record ToolStatus(string Status, string? For = null);

/// <summary>A validator of the application's own, which is found as for endpoints.</summary>
internal sealed class ToolQueryValidator : AbstractValidator<ToolQuery>
{
    public ToolQueryValidator() => RuleFor(static query => query.Number).NotEqual("forbidden").WithMessage("Not this one.");
}

/// <summary>A tool that reports as whom it ran, and does what a test wants.</summary>
[WixTool("sample-tool", "Says as whom it has been run, for what.", DisplayName = "Sample")]
internal sealed class SampleTool(PluginJournal journal, IServiceProvider services, Caller caller) : WixTool<ToolQuery, ToolStatus>
{
    public override async Task<ToolStatus> RunAsync(ToolQuery request, WixPluginCall call, CancellationToken cancellationToken)
    {
        journal.Calls.Enqueue((request.Number, call));
        await journal.Then(services, call, cancellationToken);
        return request.Number == "null" ? null! : new($"{caller.Kind}", request.Number);
    }
}

/// <summary>Another tool, at the same address.</summary>
[WixTool("other-tool", "Says nothing of anything.")]
internal sealed class OtherTool : WixTool<OtherTool.Nothing, ToolStatus>
{
    public override Task<ToolStatus> RunAsync(Nothing request, WixPluginCall call, CancellationToken cancellationToken) =>
        Task.FromResult(new ToolStatus("other"));

    internal sealed record Nothing;
}
