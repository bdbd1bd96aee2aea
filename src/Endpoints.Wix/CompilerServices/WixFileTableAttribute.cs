using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Endpoints.Wix.CompilerServices;

/// <summary>Specifies an assembly's table of event and plugin files. Written by the generator.</summary>
/// <param name="table">
/// The class of the table. It derives from <see cref="WixFileTable"/> and has a public parameterless constructor.
/// </param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class WixFileTableAttribute(
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type table) : Attribute
{
    /// <summary>Gets the class of the table.</summary>
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)]
    public Type Table { get; } = table;

    internal WixFileTable CreateTable() => (WixFileTable)Activator.CreateInstance(Table)!;
}
