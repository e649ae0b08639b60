# Prints an XLSX file as JSON, as a reader of its own sees it: the name of each
# sheet, and its rows; a date as its text, after "date:".
import datetime
import json
import sys

import openpyxl


def shown(cell):
    if cell.data_type == 'f':
        return f'formula:{cell.value}'
    if isinstance(cell.value, datetime.datetime):
        return f'date:{cell.value.isoformat(timespec="milliseconds")}'
    return cell.value


book = openpyxl.load_workbook(open(sys.argv[1], 'rb'))
json.dump([[sheet.title, [[shown(cell) for cell in row] for row in sheet.iter_rows()]] for sheet in book.worksheets], sys.stdout)
