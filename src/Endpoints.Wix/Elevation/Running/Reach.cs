using System.Reflection;
using System.Runtime.CompilerServices;

namespace Endpoints.Wix.Elevation.Running;

/// <summary>Finds the delegates that a delegate can reach by calling: itself, and the delegates that it holds.</summary>
/// <remarks>
/// The search follows what a delegate holds in order to call it: the variables of a lambda, the fields of its target object, and the
/// constants of a compiled expression. It does not look into endpoints, builders or services, which hold delegates for other purposes.
/// </remarks>
internal static class Reach
{
    private const int Most = 10_000;

    /// <summary>Determines whether a delegate can reach a matching delegate.</summary>
    /// <param name="from">The delegate.</param>
    /// <param name="isFound">The condition that a matching delegate meets.</param>
    public static bool Has(Delegate? from, Func<Delegate, bool> isFound)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object>();
        if (from is not null)
            open.Push(from);
        while (open.TryPop(out var at) && seen.Count < Most)
        {
            if (!seen.Add(at))
                continue;
            if (at is not Delegate known)
            {
                Push(at, open);
                continue;
            }

            if (isFound(known))
                return true;
            if (known.HasSingleTarget)
            {
                if (known.Target is { } target)
                    open.Push(target);
            }
            else
            {
                foreach (var one in known.GetInvocationList())
                    open.Push(one);
            }
        }

        return false;
    }

    private static void Push(object at, Stack<object> open)
    {
        if (at is object?[] constants)
        {
            foreach (var constant in constants)
                Add(constant);
            return;
        }

        for (var type = at.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!field.FieldType.IsValueType && !field.FieldType.IsPointer)
                    Add(field.GetValue(at));
            }
        }

        void Add(object? value)
        {
            if (value is Delegate || (value is object[] && IsCompiled(at))
                || (value is not null
                    && (IsCompiled(value) || value.GetType().IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))))
                open.Push(value!);
        }
    }

    /// <summary>Determines whether an object holds the constants of a compiled expression.</summary>
    private static bool IsCompiled(object value) => value.GetType().FullName == "System.Runtime.CompilerServices.Closure";
}
