namespace Endpoints.Wix.Apps;

/// <summary>Looks for settings of apps that would make one app's credentials another's.</summary>
internal static class AppContradictions
{
    /// <exception cref="InvalidOperationException">There are such settings. The message names both apps.</exception>
    public static void Demand(IReadOnlyList<(WixApp App, WixOptions Options)> settings)
    {
        // A token belongs to the client that it was issued for, and so do sessions and what is protected for one.
        foreach (var same in settings.Where(static one => !string.IsNullOrWhiteSpace(one.Options.ClientId))
            .GroupBy(static one => one.Options.ClientId!.Trim(), StringComparer.OrdinalIgnoreCase))
        {
            if (same.ToList() is [var first, var second, ..])
            {
                throw new InvalidOperationException(
                    $"The client id of {first.App} is also that of {second.App}. To Wix they are one app. Set another ClientId, or call "
                    + "AddWix once for both.");
            }
        }

        // Wix's own JavaScript has one name for its cookie. On a host, it is one app's.
        var compatible = settings.Where(static one => one.Options.Session.Cookie == WixSessionCookie.Compatible).ToList();
        if (compatible.Count > 1 && compatible.FirstOrDefault(static one => one.Options.Hosts.Count == 0) is { App: { } anywhere })
        {
            var other = compatible.First(one => one.App != anywhere).App;
            throw new InvalidOperationException(
                $"Session:Cookie is Compatible in {anywhere} and in {other}, and Wix's JavaScript has one cookie for each host. Set Hosts "
                + "of both, or Session:Cookie of one of them to Protected.");
        }
    }
}
