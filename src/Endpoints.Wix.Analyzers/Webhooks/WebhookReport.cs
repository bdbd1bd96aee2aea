using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Reports the mistakes in files at their locations.</summary>
internal static class WebhookReport
{
    /// <summary>The name of the diagnostic property that contains the suggested text.</summary>
    public const string SuggestionProperty = "Suggestion";

    /// <summary>Creates the diagnostic for a mistake.</summary>
    public static Diagnostic Of(WebhookFlaw flaw, SyntaxTree tree) => Diagnostic.Create(
        WebhookRules.Of(flaw.Rule),
        tree.GetLocation(flaw.Span),
        flaw.Related is { } related ? [tree.GetLocation(related)] : null,
        flaw.Suggestion is null ? null : ImmutableDictionary<string, string?>.Empty.Add(SuggestionProperty, flaw.Suggestion),
        [.. flaw.Arguments]);

    /// <summary>Creates the diagnostic for two classes that can't both be registered.</summary>
    public static Diagnostic Of(Contradiction found, ImmutableArray<WebhookReading> readings) => Diagnostic.Create(
        WebhookRules.Of(found.Rule),
        At(readings, found.LeftOut),
        [At(readings, found.Other)],
        [.. found.Arguments]);

    /// <summary>Returns the location of a class that is registered.</summary>
    public static Location At(ImmutableArray<WebhookReading> readings, WebhookClass home)
    {
        foreach (var reading in readings)
        {
            if (reading.Source.Page.File == home.File && reading.Anchors.FirstOrDefault(one => one.Class == home.Name) is { } anchor)
                return reading.Source.Page.Tree.GetLocation(anchor.Span);
        }
        return Location.None;
    }
}
