using System.Globalization;

namespace Endpoints.Wix.Emulator.Values;

/// <summary>Writes dates in Wix's format.</summary>
internal static class Dates
{
    public static string Text(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
