namespace Endpoints.Wix.Modules;

/// <summary>Represents an amount of money in the site's currency.</summary>
public sealed record ProductPrice
{
    /// <summary>Gets the amount as Wix writes it: a decimal number in a string.</summary>
    public string? Amount { get; init; }

    /// <summary>Gets the amount with its currency, formatted for display.</summary>
    public string? FormattedAmount { get; init; }
}
