using System.Runtime.CompilerServices;

namespace Endpoints;

/// <summary>Keeps applications from starting that were trimmed and compiled to native code: what was taken away could be a validator, and nobody would notice.</summary>
internal static class DynamicCode
{
    /// <exception cref="PlatformNotSupportedException">There is no dynamic code here.</exception>
    public static void Demand()
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
        {
            throw new PlatformNotSupportedException(
                "Endpoints finds handlers and validators by reflection, and does not run as native code, nor trimmed: what is gone could be a guard (EP1201). Publish without PublishAot and PublishTrimmed.");
        }
    }
}
