using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Configuration;

public sealed partial class SettingsPageTests
{
    private static readonly (long Size, string Name)[] Sizes = [(1L << 30, "GiB"), (1L << 20, "MiB"), (1L << 10, "KiB")];

    private static readonly (double Milliseconds, string Name)[] Units =
        [(86_400_000, "day"), (3_600_000, "hour"), (60_000, "minute"), (1_000, "second"), (1, "millisecond")];

    [Fact]
    public void The_page_has_every_setting_with_its_default_and_its_range()
    {
        var rows = Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "settings.md")))
            .Select(static row => (row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value));

        Assert.Equal(
            Settings("Wix", new WixOptions()).Order().Select(static setting => $"{setting}"),
            rows.Order().Select(static row => $"{row}"));
    }

    private static IEnumerable<(string Path, string Default, string Range)> Settings(string path, object options)
    {
        foreach (var property in options.GetType().GetProperties())
        {
            var setting = $"{path}:{property.Name}";
            var value = property.GetValue(options);
            if (property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal))
            {
                foreach (var inner in Settings(setting, value!))
                    yield return inner;
            }
            else if (property.PropertyType.BaseType != typeof(MulticastDelegate))
            {
                yield return (setting, Default(property, value), Range(property));
            }
        }
    }

    private static string Default(PropertyInfo property, object? value) => value switch
    {
        null => "None",
        TimeSpan time => Time(time),
        bool or Enum => $"`{value}`".Replace("False", "false", StringComparison.Ordinal),
        Uri address => $"`{address.OriginalString}`",
        string text => $"`{text}`",
        int or long => Number(property, Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        _ => "None",
    };

    private static string Range(PropertyInfo property) => (property.GetCustomAttribute<RangeAttribute>(), property.PropertyType) switch
    {
        ({ OperandType: var type } range, _) when type == typeof(TimeSpan) =>
            $"{Time(TimeSpan.Parse((string)range.Minimum, CultureInfo.InvariantCulture))} to "
            + Time(TimeSpan.Parse((string)range.Maximum, CultureInfo.InvariantCulture)),
        ({ } range, _) => $"{Number(property, Convert.ToInt64(range.Minimum, CultureInfo.InvariantCulture))} to "
            + Number(property, Convert.ToInt64(range.Maximum, CultureInfo.InvariantCulture)),
        (null, var type) when type == typeof(bool) => "`true`, `false`",
        (null, { IsEnum: true } type) => string.Join(", ", Enum.GetNames(type).Select(static name => $"`{name}`")),
        (null, var type) when type == typeof(Uri) => "An address",
        (null, { IsGenericType: true }) => "A list",
        _ => "Text",
    };

    // What is counted in bytes.
    private static string Number(PropertyInfo property, long number) =>
        property.Name.EndsWith("Size", StringComparison.Ordinal) && property.Name != nameof(WixTokenInfoOptions.CacheSize)
            || property.Name == nameof(WixBodyOptions.Memory)
            ? Sizes.Where(unit => number >= unit.Size).Select(unit => $"{number / unit.Size} {unit.Name}").First()
            : number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Time(TimeSpan time)
    {
        if (time == TimeSpan.Zero)
            return "0";
        var (unit, name) = Units.First(unit => time.TotalMilliseconds % unit.Milliseconds == 0);
        var count = (long)(time.TotalMilliseconds / unit);
        return count == 1 ? $"1 {name}" : $"{count} {name}s";
    }

    [GeneratedRegex(@"^\| `(Wix:[\w:]+)` \| (.+?) \| (.+?) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
