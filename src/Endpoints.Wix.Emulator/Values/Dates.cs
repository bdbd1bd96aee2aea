using System.Globalization;

namespace Endpoints.Wix.Emulator.Values;

/// <summary>Dates as Wix writes them.</summary>
internal static class Dates
{
    public static string Text(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
