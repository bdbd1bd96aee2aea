using System.Runtime.CompilerServices;

namespace Endpoints;

/// <summary>
/// Stops the start of applications that were trimmed and compiled to native code: a validator could be missing without notice.
/// </summary>
internal static class DynamicCode
{
    /// <exception cref="PlatformNotSupportedException">Dynamic code is not supported.</exception>
    public static void Demand()
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
        {
            throw new PlatformNotSupportedException(
                "Endpoints finds handlers and validators by reflection, and does not run as native code, nor trimmed: what is gone could "
                + "be a guard (EP1201). Publish without PublishAot and PublishTrimmed.");
        }
    }
}
