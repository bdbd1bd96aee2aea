namespace Endpoints.Wix.Modules;

/// <summary>An amount of money in the site's currency.</summary>
public sealed record ProductPrice
{
    /// <summary>The amount as Wix writes it: a decimal number as text.</summary>
    public string? Amount { get; init; }

    /// <summary>The amount with its currency, for people.</summary>
    public string? FormattedAmount { get; init; }
}
