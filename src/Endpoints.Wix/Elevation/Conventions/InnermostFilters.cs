using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Factory = System.Func<Microsoft.AspNetCore.Http.EndpointFilterFactoryContext, Microsoft.AspNetCore.Http.EndpointFilterDelegate, Microsoft.AspNetCore.Http.EndpointFilterDelegate>;

namespace Endpoints.Wix.Elevation.Conventions;

/// <summary>An endpoint's filters, the last of which stay the last whatever is added when.</summary>
/// <remarks>
/// The framework makes the pipeline of filters after all conventions, and gives none of them the last word. So the builder is given this list in the place of its own. Where
/// that is not possible the filters are added as they come; that the grant is the innermost is proved in any case, or the endpoint does not run.
/// </remarks>
internal sealed class InnermostFilters : List<Factory>, IList<Factory>
{
    private static readonly FieldInfo? Own = Array.Find(
        typeof(EndpointBuilder).GetFields(BindingFlags.Instance | BindingFlags.NonPublic), static field => field.FieldType == typeof(List<Factory>));

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

    /// <summary>Makes some filters an endpoint's innermost.</summary>
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
