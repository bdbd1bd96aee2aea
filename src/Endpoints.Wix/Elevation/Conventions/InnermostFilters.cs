using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Factory = System.Func<
    Microsoft.AspNetCore.Http.EndpointFilterFactoryContext,
    Microsoft.AspNetCore.Http.EndpointFilterDelegate,
    Microsoft.AspNetCore.Http.EndpointFilterDelegate>;

namespace Endpoints.Wix.Elevation.Conventions;

/// <summary>Represents an endpoint's filters, the last of which remain last whatever is added later.</summary>
/// <remarks>
/// The framework builds the filter pipeline after all conventions, and no convention can be the last. This list therefore replaces the
/// builder's own. Where that is not possible, the filters are added in order. In any case, the endpoint runs only if the grant is proven to
/// be the innermost filter.
/// </remarks>
internal sealed class InnermostFilters : List<Factory>, IList<Factory>
{
    private static readonly FieldInfo? Own = Array.Find(
        typeof(EndpointBuilder).GetFields(BindingFlags.Instance | BindingFlags.NonPublic),
        static field => field.FieldType == typeof(List<Factory>));

    private readonly Factory[] _last;

    private InnermostFilters(IEnumerable<Factory> others, Factory[] last)
    {
        _last = last;
        AddRange(others);
        AddRange(last);
    }

    bool ICollection<Factory>.IsReadOnly => false;

    private int Others => Math.Max(0, Count - _last.Length);

    Factory IList<Factory>.this[int index]
    {
        get => base[index];
        set
        {
            if (index >= Others)
                Insert(Others, value); // beside what stays
            else
                base[index] = value;
        }
    }

    /// <summary>Makes the specified filters the innermost of an endpoint.</summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="last">The filters, the innermost last.</param>
    public static void Keep(EndpointBuilder builder, params Factory[] last)
    {
        var kept = new InnermostFilters(builder.FilterFactories, last);
        if (Own is not null)
            Own.SetValue(builder, kept);
        if (ReferenceEquals(builder.FilterFactories, kept))
            return;
        foreach (var filter in last)
            builder.FilterFactories.Add(filter);
    }

    void ICollection<Factory>.Add(Factory item) => Insert(Others, item);

    void IList<Factory>.Insert(int index, Factory item) => Insert(Math.Min(index, Others), item);

    void ICollection<Factory>.Clear() => RemoveRange(0, Others);

    bool ICollection<Factory>.Remove(Factory item)
    {
        var index = IndexOf(item);
        if (index < 0 || index >= Others)
            return false;
        RemoveAt(index);
        return true;
    }

    void IList<Factory>.RemoveAt(int index)
    {
        if (index < Others)
            RemoveAt(index);
    }
}
