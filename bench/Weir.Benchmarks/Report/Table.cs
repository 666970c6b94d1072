using System.Globalization;
using Spectre.Console;

namespace Weir.Benchmarks.Report;

/// <summary>The one table that a run prints.</summary>
internal static class Table
{
    private static readonly string[] Columns = ["", "Weir", "unit", "against", "theirs", "ratio", "goal", ""];

    public static void Print(IReadOnlyList<Row> rows)
    {
        var table = new Spectre.Console.Table { Border = TableBorder.Markdown };
        foreach (var column in Columns) table.AddColumn(new TableColumn(column) { NoWrap = true });
        foreach (var section in rows.GroupBy(static row => row.Section))
        {
            table.AddRow([$"**{section.Key}**", .. Enumerable.Repeat("", Columns.Length - 1)]);
            foreach (var row in section) table.AddRow(Cells(row));
        }

        // The width that the table needs, whatever the terminal has: a wrapped table is no Markdown any more.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No });
        console.Profile.Width = 240;
        console.Write(table);
    }

    private static string[] Cells(Row row) =>
    [
        Markup.Escape(row.Name), Number(row.Median), row.Unit, row.Against ?? "",
        row.CeilingMedian is { } ceiling ? Number(ceiling) : "",
        row.Ratio is { } ratio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : "",
        row.Goal?.Text ?? "",
        row.IsMet switch { true => "met", false => "NOT MET", null => "" },
    ];

    private static string Number(double value) =>
        value.ToString(value < 10 ? "0.00" : value < 1000 ? "0.0" : "#,0", CultureInfo.InvariantCulture);
}
