using System.Globalization;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Emulator.Values;

/// <summary>Writes amounts in Wix's format, which is strings.</summary>
internal static class Money
{
    public static string Text(decimal amount) => amount.ToString("0.00##", CultureInfo.InvariantCulture);

    public static JsonObject Price(decimal amount) => new() { ["amount"] = Text(amount), ["formattedAmount"] = $"€{Text(amount)}" };
}
