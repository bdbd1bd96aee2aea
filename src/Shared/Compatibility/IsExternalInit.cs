namespace System.Runtime.CompilerServices;

/// <summary>
/// Provides the type that the compiler requires for the <c>init</c> properties of records. It is missing from netstandard2.0.
/// </summary>
internal static class IsExternalInit;
