using System.Reflection;
using Endpoints.CompilerServices;
using Microsoft.AspNetCore.Authorization;

namespace Endpoints.Handlers;

/// <summary>Collects the attributes that apply to a handler: those of its folders, its class and its method, nearest last.</summary>
/// <remarks>
/// For an attribute that allows only one per place, the nearest hides those further out. Authorization attributes are never hidden: all of
/// them apply, as on route groups and controllers.
/// </remarks>
internal sealed class NearestAttributes
{
    private readonly Dictionary<MemberInfo, object[]> _known = [];
    private readonly Dictionary<Type, bool> _single = [];

    public IReadOnlyList<object> For(FileRoute file, MethodInfo method)
    {
        var found = new List<object>();
        var hidden = new HashSet<Type>();
        Add(method);
        Add(file.Handler);
        for (var i = file.Folders.Count - 1; i >= 0; i--)
            Add(file.Folders[i]);
        return found;

        void Add(MemberInfo place)
        {
            var here = Of(place);
            if (here.Length == 0)
                return;
            found.InsertRange(0, here.Where(attribute => !hidden.Contains(attribute.GetType())));
            hidden.UnionWith(here.Select(static attribute => attribute.GetType()).Where(IsSingle));
        }
    }

    /// <remarks>Skips the compiler's own attributes.</remarks>
    private object[] Of(MemberInfo place)
    {
        if (!_known.TryGetValue(place, out var attributes))
        {
            attributes = Array.FindAll(place.GetCustomAttributes(inherit: true),
                static attribute => attribute.GetType().Namespace != "System.Runtime.CompilerServices");
            _known[place] = attributes;
        }
        return attributes;
    }

    private bool IsSingle(Type attribute)
    {
        if (!_single.TryGetValue(attribute, out var single))
            _single[attribute] =
                single = !IsGuard(attribute) && attribute.GetCustomAttribute<AttributeUsageAttribute>(inherit: true)?.AllowMultiple != true;
        return single;
    }

    private static bool IsGuard(Type attribute) =>
        attribute.IsAssignableTo(typeof(IAuthorizeData)) || attribute.IsAssignableTo(typeof(IAuthorizationRequirementData));
}
