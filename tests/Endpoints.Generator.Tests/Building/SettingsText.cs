using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Generator.Tests.Building;

/// <summary>A file that the compiler is given beside the sources.</summary>
internal sealed class SettingsText(string path, string text) : AdditionalText
{
    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
