using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Symbols;

/// <summary>Looks through conversions that leave a value the same.</summary>
internal static class Conversions
{
    /// <summary>Returns a value without its conversions. Those that call an operator remain.</summary>
    public static IOperation Unwrapped(IOperation value)
    {
        while (value is IConversionOperation { OperatorMethod: null } conversion)
            value = conversion.Operand;
        return value;
    }
}
