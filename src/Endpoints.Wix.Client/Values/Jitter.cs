using System.Security.Cryptography;

namespace Endpoints.Wix.Values;

/// <summary>Provides random numbers, to keep nodes and requests from doing the same thing at the same moment.</summary>
internal static class Jitter
{
    private const int Steps = 1 << 20;

    /// <summary>Returns a random number from 0 up to but not including 1.</summary>
    public static double Next() => (double)RandomNumberGenerator.GetInt32(Steps) / Steps;
}
